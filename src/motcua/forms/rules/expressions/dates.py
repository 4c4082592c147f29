"""Days, months and years between dates, as law counts them; the page counts the same."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

_WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")


def date_from(value: Any) -> date | None:
    """Return the date that an answer ``2026-01-31`` names; None for anything else."""
    if not isinstance(value, str) or not _WHOLE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def partial_from(value: Any) -> date | str | None:
    """Return a date, or ``1960`` or ``1960-05`` as it is where only that is known."""
    known = isinstance(value, str) and _PARTIAL.fullmatch(value) and value[:4] != "0000"
    return str(value) if known else date_from(value)


def year_of(value: date | str) -> int:
    """Return the year of a date, also of a partial one."""
    return int(value[:4]) if isinstance(value, str) else value.year


def days_between(start: date, end: date) -> int:
    """Return the days from ``start`` to ``end``; below zero if ``end`` is earlier."""
    return (end - start).days


def months_between(start: date, end: date) -> int:
    """
    Return the whole months elapsed; below zero if ``end`` is earlier.

    A month ends on the same day number, or on the last day of a shorter month (Civil Code
    91/2015/QH13 art. 148): one month from 31 January is full on 28 or 29 February.
    """
    if end < start:
        return -months_between(end, start)
    last = monthrange(end.year, end.month)[1]
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < min(start.day, last))


def years_between(start: date, end: date) -> int:
    """Return the whole years elapsed: twelve months each. A birthday of 29 February is 28."""
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def plus_days(start: date, days: int) -> date | None:
    """Return the date ``days`` later; None where the calendar has no such year (1 to 9999)."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None
