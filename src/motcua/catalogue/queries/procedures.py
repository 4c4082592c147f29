"""One procedure in full, and the short lists that lead to procedures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Count

from motcua.catalogue.models.procedures import Procedure as ProcedureRow
from motcua.catalogue.models.procedures import Version
from motcua.catalogue.queries.hits import Hit
from motcua.catalogue.rules.demo import in_our_words
from motcua.catalogue.rules.glances import cost_of, usual_channel
from motcua.catalogue.rules.readings import (
    Case,
    Channel,
    Cost,
    Level,
    Named,
    Online,
    Paper,
    Reading,
    Way,
    from_json,
)
from motcua.catalogue.rules.words import LifeEvent, events
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit

__all__ = [
    "Case",
    "Channel",
    "Cost",
    "FieldCount",
    "Hit",
    "Level",
    "LifeEvent",
    "Named",
    "NoSuchProcedure",
    "Online",
    "Paper",
    "Procedure",
    "Reading",
    "Way",
    "fields",
    "life_events",
    "most_used",
    "procedure",
    "procedures",
]


class NoSuchProcedure(NotFound):
    code: ClassVar[str] = "catalogue.no-such-procedure"
    message: ClassVar[str] = N_(
        "There is no procedure with the number {procedure}. Search for it by its name."
    )


@dataclass(frozen=True, slots=True)
class Procedure:
    """
    A procedure as it stands now: its record as we understood it, and since when it says so.

    ``limit`` and ``cost`` are those of the way most people use; ``None`` and unknown where the
    catalogue does not say.
    """

    reading: Reading
    version: int
    valid_from: datetime
    limit: Limit | None
    cost: Cost
    fees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldCount:
    """A field and the number of its procedures."""

    name: str
    procedures: int


@public
def procedure(code: str) -> Procedure:
    """
    Return a procedure by its code, in one statement.

    :raises NoSuchProcedure: if there is none
    """
    version = Version.objects.filter(procedure=code, valid_to=None).defer("original").first()
    if version is None:
        raise NoSuchProcedure(procedure=code[:60])
    reading = in_our_words(from_json(version.reading))
    row = usual_channel(reading)
    cost, fees = cost_of(reading)
    limit = row.limit if row else None
    return Procedure(reading, version.number, version.valid_from, limit, cost, fees)


@public
def most_used(limit: int, *, on: date | None = None) -> tuple[Hit, ...]:
    """Return the procedures people ask for most, in one statement; see ``search`` for ``on``."""
    rows = Hit.ready(ProcedureRow.objects.listed().filter(prominence__gt=0), on=on)
    return tuple(Hit.of(row) for row in rows.order_by("-prominence", "code")[:limit])


@public
def procedures(codes: Sequence[str], *, on: date | None = None) -> tuple[Hit, ...]:
    """Return these procedures in this order; unknown codes are left out."""
    rows = Hit.ready(ProcedureRow.objects.filter(code__in=codes), on=on)
    return Hit.in_order(rows, codes)


@public
def life_events() -> tuple[LifeEvent, ...]:
    """Return the life events, the main ones first; ``procedures`` answers for their codes."""
    return events()


@public
def fields() -> tuple[FieldCount, ...]:
    """Return the fields by name, with how many procedures each has."""
    rows = ProcedureRow.objects.listed().values("field").annotate(procedures=Count("code"))
    return tuple(FieldCount(r["field"], r["procedures"]) for r in rows.order_by("field"))
