"""A person asks why their data was looked at."""

from django.db import models


class LookQuestion(models.Model):
    """That ``person`` asked for the reason of one recorded look; once for each look."""

    look = models.BigIntegerField(unique=True)
    person = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}? {self.look}"
