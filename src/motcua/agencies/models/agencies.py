"""Agencies that work here, and their offices."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q


class AgencyQuerySet(models.QuerySet["Agency"]):
    def open_on(self, day: date) -> Self:
        """Keep the agencies at work on ``day``."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class Agency(models.Model):
    """
    An agency by its electronic id.

    ``calendar_mark`` is new with every change of its working time, so that a copy held elsewhere
    can be told from the present one; it is random, so that no undone change leaves a wrong copy.
    """

    id = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey(
        "agencies.Unit", null=True, on_delete=models.PROTECT, related_name="agencies"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    calendar_mark = models.UUIDField(default=uuid4)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind="committee", closed_on__isnull=True),
                name="one_committee_per_unit",
            )
        ]
        indexes = [models.Index(fields=["level", "name"], name="agency_by_level")]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


class Office(models.Model):
    """A place where an agency receives people, first of all its one-stop office."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    one_stop = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_office_per_name")
        ]

    def __str__(self) -> str:
        return self.name
