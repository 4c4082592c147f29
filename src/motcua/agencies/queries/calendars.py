"""When an agency works."""

from functools import cache
from uuid import UUID

from motcua.agencies.adapters import reference
from motcua.agencies.models import Agency as AgencyRow
from motcua.agencies.models import SpecialDay, Week
from motcua.agencies.queries.agencies import Agency, NoSuchAgency
from motcua.agencies.rules.calendars import (
    STANDARD,
    DayKind,
    NotedDay,
    OwnDay,
    OwnWeek,
    calendar_from,
    noted_days,
)
from motcua.agencies.rules.national import NationalDays, national_days
from motcua.kernel.scope import public
from motcua.kernel.worktime import DayHours, WorkingCalendar

__all__ = [
    "DayKind",
    "NotedDay",
    "calendar_of",
    "calendar_of_known",
    "noted_days_of",
    "usual_calendar",
]

_kept: dict[str, tuple[UUID, WorkingCalendar]] = {}


@public
def calendar_of(agency_id: str) -> WorkingCalendar:
    """
    Return an agency's working calendar.

    It is kept in the process and read again when it has changed: one small statement as a rule,
    three after a change.

    :raises NoSuchAgency: if there is no such agency
    """
    marks = AgencyRow.objects.filter(pk=agency_id).values_list("calendar_mark", flat=True)
    mark = marks.first()
    if mark is None:
        raise NoSuchAgency(agency=agency_id)
    return _calendar(agency_id, mark)


@public
def calendar_of_known(agency: Agency) -> WorkingCalendar:
    """Return the working calendar of an agency just read: no statement unless it has changed."""
    return _calendar(agency.id, agency.calendar_mark)


@public
def usual_calendar() -> WorkingCalendar:
    """Return the calendar of an office that changed nothing: for dates before it is known which."""
    return calendar_from(STANDARD, (), _national("vi"))


def _calendar(agency_id: str, mark: UUID) -> WorkingCalendar:
    kept = _kept.get(agency_id)
    if kept is None or kept[0] != mark:
        calendar = calendar_from(_own_week(agency_id), _own_days(agency_id), _national("vi"))
        _kept[agency_id] = kept = (mark, calendar)
    return kept[1]


@public
def noted_days_of(agency_id: str, *, year: int, language: str = "vi") -> tuple[NotedDay, ...]:
    """
    Return the dates of a year on which an agency does not work as its week says, with reasons.

    Holidays are named in ``language``, vi or en; an agency's own reasons are as they were written.

    :raises NoSuchAgency: if there is no such agency
    """
    return noted_days(calendar_of(agency_id), _own_days(agency_id), _national(language), year=year)


@cache
def _national(language: str) -> NationalDays:
    """Return the days of the whole country, worked out once a process."""
    return national_days(reference.decisions(), language=language)


def _own_week(agency_id: str) -> OwnWeek:
    row = Week.objects.filter(pk=agency_id).first()
    if row is None:
        return STANDARD
    hours = tuple(DayHours.of(text) for text in row.hours)
    return OwnWeek(hours, row.nominal_day, row.same_day_cutoff)


def _own_days(agency_id: str) -> list[OwnDay]:
    return [
        OwnDay(row.day, row.reason, works_as=row.works_as)
        if row.works_as is not None
        else OwnDay(row.day, row.reason, hours=DayHours.of(row.hours))
        for row in SpecialDay.objects.filter(agency=agency_id)
    ]
