"""Which place is which, on a given day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from motcua.agencies.models import ElectronicId
from motcua.agencies.models import Unit as UnitRow
from motcua.agencies.rules.electronic_ids import top_of
from motcua.agencies.rules.levels import Level
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_, alphabetical

__all__ = ["Level", "NoSuchUnit", "Unit", "first_level_name", "places_named", "unit_at", "units_in"]


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

    Two statements. Codes are used again, so one that is neither on that day is left out.
    """
    rows = _rows_at(codes, Level.COMMUNE, Level.PROVINCE, on=on)
    above = _rows_at({row.parent for row in rows} - {""}, Level.PROVINCE, on=on)
    names = {row.code: row.name for row in above}
    return {
        row.code: ", ".join(filter(None, (row.name, names.get(row.parent, "")))) for row in rows
    }


def _rows_at(codes: Collection[str], *levels: Level, on: date) -> list[UnitRow]:
    return list(UnitRow.objects.valid_on(on).filter(level__in=levels, code__in=codes))


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
