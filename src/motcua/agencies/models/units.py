"""Administrative units through time, and the electronic ids the State has given out."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class UnitQuerySet(models.QuerySet["Unit"]):
    def valid_on(self, day: date) -> Self:
        """Keep the units that exist on ``day``."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Unit(models.Model):
    """
    A place at one level in one period; ``valid_to`` is the first day it no longer exists.

    Codes are used again: who it is, is (level, code, validity), never the code alone.
    """

    level = models.CharField(max_length=10)
    code = models.CharField(max_length=5)
    parent = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"],
                name="unit_by_level_code_and_birth",
                nulls_distinct=False,
            ),
            ExclusionConstraint(
                name="one_unit_per_code_at_a_time",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "level"], name="unit_by_parent"),
            models.Index(fields=["code"], name="unit_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ElectronicId(models.Model):
    """Whose a first-level electronic id was in 2020; ``verified`` if a document was seen."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=120)
    verified = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
