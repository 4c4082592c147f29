"""What people said is wrong in a registry."""

from django.db import models

from motcua.backbone.keys import UUIDv7


class Objection(models.Model):
    """
    A person's objection to what a registry told of them, and what its owner made of it.

    ``by_name`` is the clerk who wrote it down for them, empty where they did so themself.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    person = models.CharField(max_length=80)
    personal_id = models.CharField(max_length=12)
    register = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    field = models.CharField(max_length=60)
    stated = models.CharField(max_length=500, blank=True)
    wished = models.CharField(max_length=500)
    why = models.CharField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10)
    told = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="objection_by_person")]

    def __str__(self) -> str:
        return f"{self.register}/{self.field} {self.state}"


class Heard(models.Model):
    """How far a registry's feed was read."""

    register = models.CharField(max_length=12, primary_key=True)
    cursor = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.register} #{self.cursor}"
