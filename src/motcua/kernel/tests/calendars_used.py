"""Calendars of real years, written out by hand from the government's yearly decisions."""

from datetime import date, datetime, timedelta

from motcua.kernel.worktime import STANDARD_WEEK, ZONE, DayHours, WorkingCalendar


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=i) for i in range((last - first).days + 1)}


HOLIDAYS = (
    {date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}
    | days(date(2025, 1, 25), date(2025, 2, 2))
    | {date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)}
    | days(date(2026, 2, 14), date(2026, 2, 22))
)
REAL = WorkingCalendar(
    holidays=frozenset(HOLIDAYS), make_up={date(2024, 5, 4): 0, date(2025, 4, 26): 4}
)
PLAIN = WorkingCalendar()
SHORT = WorkingCalendar(
    week=(*[DayHours.of("08:00-12:00 13:30-17:00")] * 5, *STANDARD_WEEK[5:]),
    nominal_day=timedelta(hours=7, minutes=30),
)


def at(text: str) -> datetime:
    """Read ``2024-05-04 07:00`` as local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
