"""The five registers: each version of each record, with the days it holds."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from motcua.registries.queries.answers import Register


class RecordQuerySet(models.QuerySet[Any]):
    """Versions, narrowed."""

    def believed(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def true_on(self, day: date) -> Self:
        """Keep what holds on ``day``, as it is believed now."""
        begun = self.believed().filter(valid_from__lte=day)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Record(models.Model):
    """
    One version of a record: true from ``valid_from`` until the day before ``valid_to``.

    ``facts`` is the value that the register keeps, ``persons`` whose data it is, ``folded`` the
    name as it is searched. A version that turned out wrong stays, with ``withdrawn_at``.
    """

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    persons = ArrayField(models.CharField(max_length=12), default=list)
    facts = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            ExclusionConstraint(
                name="%(class)s_one_truth_a_day",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["key", "valid_from"], name="%(class)s_by_key"),
            models.Index(fields=["folded", "key"], name="%(class)s_by_name"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="%(class)s_words"),
            GinIndex(fields=["persons"], name="%(class)s_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class Person(Record):
    """A citizen, under the personal id; ``parents`` and ``household`` find relatives."""

    parents = ArrayField(models.CharField(max_length=12), default=list)
    household = models.CharField(max_length=20, blank=True)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            GinIndex(fields=["parents"], name="person_by_parent"),
            models.Index(fields=["household"], name="person_by_household"),
        ]


class Placed(Record):
    """A record that is found by its address, too, folded as the name is."""

    address = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        abstract = True
        indexes = [
            *Record.Meta.indexes,
            GinIndex(OpClass("address", name="gin_trgm_ops"), name="%(class)s_address"),
        ]


class Parcel(Placed):
    """A parcel of land, under commune, sheet and number."""

    class Meta(Placed.Meta):
        pass


class Enterprise(Placed):
    """An enterprise, under its number."""

    class Meta(Placed.Meta):
        pass


class TaxAccount(Record):
    """A taxpayer's account, under the tax code."""

    class Meta(Record.Meta):
        pass


class Insured(Record):
    """A member of social insurance, under the personal id."""

    class Meta(Record.Meta):
        pass


TABLES: dict[Register, type[Record]] = {
    Register.POPULATION: Person,
    Register.LAND: Parcel,
    Register.ENTERPRISE: Enterprise,
    Register.FINANCE: TaxAccount,
    Register.INSURANCE: Insured,
}
