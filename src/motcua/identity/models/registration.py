"""A person on the way to an account."""

from django.db import models

from motcua.backbone.keys import UUIDv7


class Registration(models.Model):
    """
    What a person gave to open an account, until they show that the e-mail address is theirs.

    It reserves nothing: nobody can keep another person's number by typing it here.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    personal_id = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    birth_date = models.DateField()
    sex = models.CharField(max_length=6)
    phone = models.CharField(max_length=16)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    password = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
