"""Officials who are away, and who stands in for them."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from motcua.kernel.actors import Actor, Role


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep an official's own and those they stand in for; an administrator's agency's all."""
        if actor.agency is None:
            return self.none()
        theirs = self.filter(agency=actor.agency)
        if actor.serves(actor.agency, Role.ADMINISTRATOR):
            return theirs
        return theirs.filter(Q(holder=actor.id) | Q(deputy=actor.id))

    def in_force(self, at: datetime) -> Self:
        """Keep those of a moment; ``until`` itself is no longer part of one."""
        return self.filter(since__lte=at, until__gt=at)

    def overlapping(self, since: datetime, until: datetime) -> Self:
        """Keep those that share a moment with a time."""
        return self.filter(since__lt=until, until__gt=since).filter(until__gt=F("since"))


class Absence(models.Model):
    """
    That ``holder`` is away from ``since`` to ``until``, with ``deputy`` in their place.

    One that ended early has its end moved; one that was called off before it began has no length.
    """

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="absences")
    holder = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120)
    deputy = models.CharField(max_length=40)
    deputy_name = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField()
    noted_by = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(holder=F("deputy")), name="nobody_stands_in_for_themselves"
            ),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["deputy", "until"], name="absence_by_deputy"),
            models.Index(fields=["agency", "-until"], name="absence_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} → {self.deputy_name} {self.since:%F}–{self.until:%F}"
