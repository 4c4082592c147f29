"""Whom an official is related to, as they declared it."""

from django.db import models
from django.db.models import Q

from motcua.identity.rules.relatives import Relation


class Relative(models.Model):
    """That ``official`` is related to the person with ``number``, from ``at`` until forgotten."""

    official = models.CharField(max_length=40)
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official", "number"],
                condition=Q(forgotten_at=None),
                name="a_relative_is_declared_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["number"], condition=Q(forgotten_at=None), name="relative_by_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.name} ({self.relation})"
