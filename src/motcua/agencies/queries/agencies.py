"""Which agencies there are, and which of them answers for a place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.agencies.models import Agency as AgencyRow
from motcua.agencies.models import Office as OfficeRow
from motcua.agencies.models import Unit as UnitRow
from motcua.agencies.rules.levels import Kind, Level
from motcua.backbone.built import Built
from motcua.backbone.remembered import Remembered
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.text import N_

__all__ = [
    "Agency",
    "Kind",
    "Level",
    "NoCompetentAgency",
    "NoSuchAgency",
    "NoSuchOffice",
    "Office",
    "agencies_of_level",
    "agencies_under",
    "agency",
    "competent_agency",
    "names_of",
    "office",
    "offices_of",
    "one_stop_offices",
]


_competent: "Remembered[tuple[str, str, date], Agency]" = Remembered(seconds=5)


class NoSuchAgency(NotFound):
    code = "no-such-agency"
    message = N_("There is no agency with the id {agency}. Check the id, or choose from the list.")


class NoCompetentAgency(NotFound):
    code = "no-competent-agency"
    message = N_(
        "No agency that answers for this place takes requests here yet. "
        "Choose another place, or go to the one-stop office there."
    )


class NoSuchOffice(NotFound):
    code = "no-such-office"
    message = N_("There is no such office. Check the address, or ask the agency.")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency; ``unit`` is the code of the place it answers for, with its name and level."""

    id: str
    name: str
    level: str
    kind: str
    unit: str | None
    unit_name: str | None
    parent: str | None
    address: str
    phone: str
    opened_on: date
    closed_on: date | None
    calendar_mark: UUID


@dataclass(frozen=True, slots=True)
class Office:
    """A place where an agency receives people; ``agency`` is that agency's electronic id."""

    id: int
    agency: str
    name: str
    address: str
    phone: str
    one_stop: bool


@public
def agency(id: str) -> Agency:  # noqa: A002
    """
    Return an agency by its electronic id, also when it has closed.

    :raises NoSuchAgency: if there is none
    """
    row = _one.first(id)
    if row is None:
        raise NoSuchAgency(agency=id)
    return Agency(*row)


@Built
def _one(id_: str) -> QuerySet[Any, Any]:
    columns = ("id", "name", "level", "kind", "unit__code", "unit__name", "parent", "address")
    others = ("phone", "opened_on", "closed_on", "calendar_mark")
    return AgencyRow.objects.filter(pk=id_).values_list(*columns, *others)


@public
def names_of(ids: Collection[str]) -> dict[str, str]:
    """Return the names of agencies by their electronic ids, closed ones too; one statement."""
    return dict(AgencyRow.objects.filter(pk__in=ids).values_list("id", "name"))


@public
def agencies_of_level(level: str) -> tuple[Agency, ...]:
    """Return the agencies of a level that have not closed, in the order of their names."""
    rows = AgencyRow.objects.select_related("unit").filter(level=level, closed_on__isnull=True)
    return tuple(_agency_of(row) for row in rows.order_by("name", "id"))


@public
def agencies_under(parent: str) -> tuple[Agency, ...]:
    """Return the agencies directly under another that have not closed."""
    rows = AgencyRow.objects.select_related("unit").filter(parent=parent, closed_on__isnull=True)
    return tuple(_agency_of(row) for row in rows.order_by("level", "name", "id"))


@public
def competent_agency(level: str, unit: str, *, on: date) -> Agency:
    """
    Return the people's committee of ``level`` that answers for a place on a day.

    ``unit`` may lie below that level: a commune's code asks for its province's committee too. It is
    remembered for five seconds.

    :raises NoCompetentAgency: if no such place existed then, or its committee is not at work here
    """
    found = _competent.get((level, unit, on), lambda: _committee_of(level, unit, on))
    if found is None:
        raise NoCompetentAgency(level=level, unit=unit)
    return found


@for_rooms
def forget_competent() -> None:
    """Ask again which agency answers for which place: this process has changed one."""
    _competent.forget()


@public
def offices_of(agency: str) -> tuple[Office, ...]:
    """Return an agency's offices, one-stop offices first."""
    rows = OfficeRow.objects.filter(agency=agency).order_by("-one_stop", "name")
    return tuple(_office_of(row) for row in rows)


@for_rooms
def one_stop_offices() -> dict[str, int]:
    """Return the number of each agency's first one-stop office (one statement)."""
    rows = OfficeRow.objects.filter(one_stop=True).order_by("agency", "name").distinct("agency")
    return dict(rows.values_list("agency", "pk"))


@public
def office(id: int) -> Office:  # noqa: A002
    """
    Return an office by its number.

    :raises NoSuchOffice: if there is none
    """
    row = OfficeRow.objects.filter(pk=id).first()
    if row is None:
        raise NoSuchOffice
    return _office_of(row)


def _committee_of(level: str, unit: str, on: date) -> Agency | None:
    at_work = AgencyRow.objects.open_on(on).select_related("unit")
    committees = at_work.filter(level=level, kind=Kind.COMMITTEE)
    valid = UnitRow.objects.valid_on(on)
    found = committees.filter(unit__in=valid.filter(code=unit)).first()
    if found is None and (above := _unit_above(unit, level, on)) is not None:
        found = committees.filter(unit=above).first()
    return _agency_of(found) if found else None


def _unit_above(code: str, level: str, on: date) -> UnitRow | None:
    row = _unit_on(code, on)
    while row is not None and row.level != level:
        row = _unit_on(row.parent, on)
    return row


def _unit_on(code: str, on: date) -> UnitRow | None:
    """Return the unit with a code: two digits are a province, three a district, five a commune."""
    return UnitRow.objects.valid_on(on).filter(code=code).first() if code else None


def _office_of(row: OfficeRow) -> Office:
    return Office(row.pk, row.agency_id, row.name, row.address, row.phone, row.one_stop)


def _agency_of(row: AgencyRow) -> Agency:
    unit = row.unit
    return Agency(
        row.id,
        row.name,
        row.level,
        row.kind,
        unit.code if unit else None,
        unit.name if unit else None,
        row.parent_id,
        row.address,
        row.phone,
        row.opened_on,
        row.closed_on,
        row.calendar_mark,
    )
