"""Change when an agency works."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from motcua.agencies.events import CalendarChanged
from motcua.agencies.models import Agency, SpecialDay, Week
from motcua.agencies.queries.agencies import NoSuchAgency, forget_competent
from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.rules.access import check_may_administer
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_
from motcua.kernel.worktime import DayHours, WorkingCalendar, nominal_day_of

__all__ = [
    "NoReason",
    "NoSuchSpecialDay",
    "NoWorkingDay",
    "clear_day",
    "make_up_day",
    "override_day",
    "set_hours",
]


class NoReason(Invalid):
    code = "calendar-needs-reason"
    message = N_("Say why the calendar changes, so that people can understand their due times.")


class NoWorkingDay(Invalid):
    code = "no-working-day"
    message = N_("An office works on one weekday at least. Give hours for one or more weekdays.")


class NoSuchSpecialDay(NotFound):
    code = "no-such-special-day"
    message = N_("This date has no special hours any more. Reload the calendar.")


@one_transaction
def set_hours(
    agency: str,
    week: Sequence[DayHours],
    *,
    reason: str,
    nominal_day: timedelta | None = None,
    same_day_cutoff: time = time(15),
    by: Actor,
    at: datetime,
) -> None:
    """
    Set an agency's hours for each weekday, Monday first, from now on.

    ``nominal_day`` is how long one working day of a limit is; by default as long as most weekdays.

    :raises NotYourAgency: if ``by`` is neither its administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises NoWorkingDay: if no weekday is worked, or there are not seven
    :raises NoReason: if no reason is given
    """
    before = _locked(agency, reason, by=by)
    if len(week) != 7 or not any(week):
        raise NoWorkingDay
    facts = {
        "hours": [str(hours) for hours in week],
        "nominal_day": nominal_day or nominal_day_of(week),
        "same_day_cutoff": same_day_cutoff,
    }
    Week.objects.update_or_create(agency_id=agency, defaults=facts)
    _changed(agency, before, reason=reason, by=by, at=at)


@one_transaction
def override_day(
    agency: str, day: date, hours: DayHours, *, reason: str, by: Actor, at: datetime
) -> None:
    """
    Let an agency work other hours on one date; ``DAY_OFF`` closes it. Replaces what was said.

    :raises NotYourAgency: if ``by`` is neither its administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises NoReason: if no reason is given
    """
    before = _locked(agency, reason, by=by)
    facts = {"hours": str(hours), "works_as": None, "reason": reason.strip(), "by": by.id, "at": at}
    SpecialDay.objects.update_or_create(agency_id=agency, day=day, defaults=facts)
    _changed(agency, before, day=day, reason=reason, by=by, at=at)


@one_transaction
def make_up_day(
    agency: str, day: date, works_as: int, *, reason: str, by: Actor, at: datetime
) -> None:
    """
    Let an agency work on a date with the hours of a weekday (0 = Monday). Replaces what was said.

    :raises NotYourAgency: if ``by`` is neither its administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises NoWorkingDay: if that weekday is not worked
    :raises NoReason: if no reason is given
    """
    before = _locked(agency, reason, by=by)
    if works_as not in range(7) or not before.week[works_as]:
        raise NoWorkingDay
    facts = {"hours": "", "works_as": works_as, "reason": reason.strip(), "by": by.id, "at": at}
    SpecialDay.objects.update_or_create(agency_id=agency, day=day, defaults=facts)
    _changed(agency, before, day=day, reason=reason, by=by, at=at)


@one_transaction
def clear_day(agency: str, day: date, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Let a date be what week and holidays say again.

    :raises NotYourAgency: if ``by`` is neither the agency's administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises NoSuchSpecialDay: if the agency said nothing about that date
    :raises NoReason: if no reason is given
    """
    before = _locked(agency, reason, by=by)
    gone, _ = SpecialDay.objects.filter(agency=agency, day=day).delete()
    if not gone:
        raise NoSuchSpecialDay
    _changed(agency, before, day=day, reason=reason, by=by, at=at)


def _locked(agency: str, reason: str, *, by: Actor) -> WorkingCalendar:
    """Check, lock the agency against a change at the same time, and return its calendar so far."""
    check_may_administer(agency, by=by)
    if not Agency.objects.select_for_update(no_key=True).filter(pk=agency).exists():
        raise NoSuchAgency(agency=agency)
    if not reason.strip():
        raise NoReason
    return calendar_of(agency)


def _changed(
    agency: str,
    before: WorkingCalendar,
    *,
    day: date | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    Agency.objects.filter(pk=agency).update(calendar_mark=uuid4())
    forget_competent()
    changed = CalendarChanged(
        subject=agency,
        what="day" if day else "hours",
        day=day.isoformat() if day else "",
        before=_told(before, day),
        after=_told(calendar_of(agency), day),
        reason=reason.strip(),
    )
    announce(changed, by=by, at=at)


def _told(calendar: WorkingCalendar, day: date | None) -> str:
    return str(calendar.hours_on(day)) if day else " | ".join(str(hours) for hours in calendar.week)
