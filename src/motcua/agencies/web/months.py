"""A year as twelve small pictures."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.agencies.queries.calendars import DayKind, NotedDay
from motcua.kernel.text import N_
from motcua.kernel.worktime import WorkingCalendar

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
SHORT = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WORDS = {
    "rest": N_("weekend"),
    DayKind.HOLIDAY: N_("holiday"),
    DayKind.MAKE_UP: N_("make-up day"),
    DayKind.OVERRIDE: N_("own hours"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the picture: its number, how it looks, what that means in words (a key)."""

    number: int
    look: str
    words: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month: rows of seven cells (none outside the month), its noted days, its working days."""

    name: str
    weeks: tuple[tuple[Cell | None, ...], ...]
    noted: tuple[NotedDay, ...]
    worked: int


def year_of(
    year: int, calendar: WorkingCalendar, noted: Sequence[NotedDay], today: date
) -> tuple[Month, ...]:
    """Return the twelve months of a year."""
    known = {one.day: one for one in noted}
    return tuple(_month(year, number, calendar, known, today) for number in range(1, 13))


def _month(
    year: int,
    number: int,
    calendar: WorkingCalendar,
    noted: Mapping[date, NotedDay],
    today: date,
) -> Month:
    weeks = tuple(
        tuple(_cell(day, calendar, noted, today) if day.month == number else None for day in week)
        for week in Calendar().monthdatescalendar(year, number)
    )
    days = [day for day in Calendar().itermonthdates(year, number) if day.month == number]
    return Month(
        name=MONTHS[number - 1],
        weeks=weeks,
        noted=tuple(noted[day] for day in days if day in noted),
        worked=sum(calendar.works_on(day) for day in days),
    )


def _cell(
    day: date, calendar: WorkingCalendar, noted: Mapping[date, NotedDay], today: date
) -> Cell:
    look = "rest" if not calendar.works_on(day) else "work"
    if day in noted:
        look = noted[day].kind
    return Cell(day.day, look, WORDS.get(look, ""), today=day == today)
