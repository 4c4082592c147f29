"""Which place is which, on a given day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.agencies.models import ElectronicId
from motcua.agencies.models import Unit as UnitRow
from motcua.agencies.rules.electronic_ids import top_of
from motcua.agencies.rules.levels import Level
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_, alphabetical

__all__ = [
    "Level",
    "NoSuchUnit",
    "Place",
    "Unit",
    "first_level_name",
    "places_named",
    "places_on",
    "unit_at",
    "units_in",
]


class NoSuchUnit(NotFound):
    code = "no-such-unit"
    message = N_("There is no place with the code {unit} on {day}. Choose it from the list.")


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit in one period; ``valid_to`` is the first day it no longer exists."""

    code: str
    level: str
    kind: str
    name: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """
    A province, or a commune with its province, by its name.

    ``until`` and ``since`` say where the code was another time's: the first day on which it was
    none any more, or the day on which it became one.
    """

    name: str
    until: date | None = None
    since: date | None = None

    @property
    def is_of_that_day(self) -> bool:
        """Tell whether the code is one on the day asked about."""
        return self.until is None and self.since is None


@public
def units_in(parent: str | None, *, level: str, on: date) -> tuple[Unit, ...]:
    """
    Return the units of ``level`` that lie in ``parent`` on a day, in the order of their names.

    ``parent`` may be one level up or two (the communes of a province while there were districts);
    without it, all units of the level.
    """
    rows = UnitRow.objects.valid_on(on).filter(level=level)
    if parent is not None:
        between = UnitRow.objects.valid_on(on).filter(parent=parent).values("code")
        rows = rows.filter(parent=parent) | rows.filter(parent__in=between)
    in_order = sorted(rows.order_by("code"), key=lambda row: alphabetical(row.name))
    return tuple(_unit_of(row) for row in in_order)


@public
def unit_at(code: str, *, level: str, on: date) -> Unit:
    """
    Return the unit that has a code on a day.

    :raises NoSuchUnit: if none has
    """
    row = UnitRow.objects.valid_on(on).filter(level=level, code=code).first()
    if row is None:
        raise NoSuchUnit(unit=code, day=f"{on:%d/%m/%Y}")
    return _unit_of(row)


@public
def first_level_name(electronic_id: str) -> str | None:
    """Return whose first-level code an electronic id ends in, if it is known."""
    known = ElectronicId.objects.filter(code=top_of(electronic_id))
    return known.values_list("name", flat=True).first()


@public
def places_named(codes: Collection[str], *, on: date) -> dict[str, str]:
    """
    Return provinces, and communes with theirs, by code as they are called on a day.

    Codes are used again, so one that is neither on that day is left out.
    """
    found = places_on({(code, on) for code in codes})
    return {code: place.name for (code, _), place in found.items() if place.is_of_that_day}


@public
def places_on(asked: Collection[tuple[str, date]]) -> dict[tuple[str, date], Place]:
    """
    Return provinces, and communes with theirs, by code and the day on which it was written.

    A code that was none on that day is named as of the time next to it; one that never was is left
    out. Two statements, and one more where communes lay in districts.
    """
    rows = _rows_with({code for code, _ in asked}, Level.COMMUNE, Level.PROVINCE)
    above = _rows_with({x.parent for each in rows.values() for x in each}, *_ABOVE)
    top = {x.parent for each in above.values() for x in each if x.level == Level.DISTRICT}
    above |= _rows_with(top, Level.PROVINCE)
    return {
        (code, day): _place(row, day, above)
        for code, day in asked
        if (row := _nearest(rows.get(code, ()), day)) is not None
    }


_ABOVE = (Level.PROVINCE, Level.DISTRICT)


def _rows_with(codes: Collection[str], *levels: Level) -> dict[str, list[UnitRow]]:
    wanted, found = {code for code in codes if code}, defaultdict[str, list[UnitRow]](list)
    for row in UnitRow.objects.filter(level__in=levels, code__in=wanted) if wanted else ():
        found[row.code].append(row)
    return found


def _nearest(rows: Sequence[UnitRow], day: date) -> UnitRow | None:
    """Return the unit that holds on a day, else the last before it, else the first after it."""
    begun = [row for row in rows if row.valid_from is None or row.valid_from <= day]
    if begun:
        return max(begun, key=lambda row: row.valid_from or date.min)
    return min(rows, key=lambda row: row.valid_from or date.min, default=None)


def _place(row: UnitRow, day: date, above: Mapping[str, Sequence[UnitRow]]) -> Place:
    since = row.valid_from if row.valid_from and row.valid_from > day else None
    until = row.valid_to if row.valid_to and row.valid_to <= day else None
    then = since or (until - timedelta(days=1) if until else day)
    province = _nearest(above.get(row.parent, ()), then)
    if province is not None and province.level == Level.DISTRICT:
        province = _nearest(above.get(province.parent, ()), then)
    names = (row.name, province.name if province is not None else "")
    return Place(", ".join(filter(None, names)), until, since)


def _unit_of(row: UnitRow) -> Unit:
    return Unit(
        row.code,
        row.level,
        row.kind,
        row.name,
        row.parent or None,
        row.valid_from,
        row.valid_to,
    )
