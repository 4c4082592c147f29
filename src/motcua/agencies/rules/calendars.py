"""From an agency's tables to the calendar value everybody computes with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from motcua.agencies.rules.national import NationalDays
from motcua.kernel.worktime import EIGHT_HOURS, STANDARD_WEEK, DayHours, WorkingCalendar


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """An agency's week as it wants it."""

    hours: tuple[DayHours, ...] = STANDARD_WEEK
    nominal_day: timedelta = EIGHT_HOURS
    same_day_cutoff: time = time(15)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One date of an agency's own: its ``hours``, or the weekday it is worked as."""

    day: date
    reason: str
    hours: DayHours | None = None
    works_as: int | None = None


STANDARD = OwnWeek()


def calendar_from(
    week: OwnWeek, own_days: Sequence[OwnDay], national: NationalDays
) -> WorkingCalendar:
    """Put an agency's week and days on top of the country's holidays and make-up days."""
    make_up = {day: instead_of.weekday() for day, instead_of in national.make_up.items()}
    make_up |= {own.day: own.works_as for own in own_days if own.works_as is not None}
    return WorkingCalendar(
        week=week.hours,
        holidays=frozenset(national.off),
        overrides={own.day: own.hours for own in own_days if own.hours is not None},
        make_up=make_up,
        nominal_day=week.nominal_day,
        same_day_cutoff=week.same_day_cutoff,
    )


class DayKind(StrEnum):
    """Why a date is not an ordinary one."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class NotedDay:
    """
    A date that is not an ordinary one; ``own`` when the agency itself said so.

    ``swapped`` is the other day when the country works on one day instead of another.
    """

    day: date
    kind: DayKind
    reason: str
    hours: DayHours
    own: bool
    swapped: date | None = None


def noted_days(
    calendar: WorkingCalendar, own_days: Iterable[OwnDay], national: NationalDays, *, year: int
) -> tuple[NotedDay, ...]:
    """Return the dates of ``year`` that differ from the week, in order, each with its reason."""
    found: dict[date, NotedDay] = {}
    swaps = dict(national.make_up) | {off: on for on, off in national.make_up.items()}
    for day in [*national.off, *national.make_up]:
        kind = DayKind.MAKE_UP if day in national.make_up else DayKind.HOLIDAY
        if kind is DayKind.MAKE_UP or calendar.week[day.weekday()]:
            name, hours = national.off.get(day, ""), calendar.hours_on(day)
            found[day] = NotedDay(day, kind, name, hours, own=False, swapped=swaps.get(day))
    for own in own_days:
        kind = DayKind.OVERRIDE if own.works_as is None else DayKind.MAKE_UP
        found[own.day] = NotedDay(own.day, kind, own.reason, calendar.hours_on(own.day), own=True)
    return tuple(found[day] for day in sorted(found) if day.year == year)
