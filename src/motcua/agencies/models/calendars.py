"""When an agency works: its week, and its special days."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Week(models.Model):
    """
    An agency's own hours; without a row it works the standard week.

    ``hours`` are seven texts like ``07:00-11:30 13:30-17:00``, Monday first, empty = day off.
    """

    agency = models.OneToOneField(
        "agencies.Agency", primary_key=True, on_delete=models.CASCADE, related_name="week"
    )
    hours = ArrayField(models.CharField(max_length=80, blank=True), size=7)
    nominal_day = models.DurationField()
    same_day_cutoff = models.TimeField()

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.hours}"


class SpecialDay(models.Model):
    """
    One date on which an agency works otherwise than its week and the country's holidays say.

    An override gives the date's ``hours`` (empty = closed); a make-up day is worked with the
    hours of the weekday ``works_as`` (0 = Monday).
    """

    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.CASCADE, related_name="special_days"
    )
    day = models.DateField()
    hours = models.CharField(max_length=80, blank=True)
    works_as = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="one_special_day_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.reason}"
