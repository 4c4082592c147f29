"""Counting working time forward, and between two moments."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.kernel.worktime.calendars import ONE_DAY, WorkingCalendar
from motcua.kernel.worktime.hours import NO_TIME


def start_of_clock(at: datetime, calendar: WorkingCalendar) -> datetime:
    """
    Return when the clock of something filed at ``at`` starts, in the office's own time.

    That is ``at`` itself during working hours, else the next opening: the morning of the next
    working day after closing (at 17:00 sharp too), the afternoon's opening at lunch.
    """
    local = calendar.local(at)
    opens, _closes = next(_spans_from(local, calendar))
    return max(opens, local)


def add_working_time(start: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """
    Return the first moment at which ``amount`` of working time has passed since ``start``.

    A whole day ends at its closing (17:00), never at the next opening; no time at all is ``start``.
    """
    local, left = calendar.local(start), amount
    if left <= NO_TIME:
        return local
    for opens, closes in _spans_from(local, calendar):
        begin = max(opens, local)
        if left <= closes - begin:
            return begin + left
        left -= closes - begin
    raise AssertionError  # pragma: no cover (the spans have no end)


def working_time_between(a: datetime, b: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the working time from ``a`` to ``b``; none if ``b`` is not after ``a``."""
    since, until = calendar.local(a), calendar.local(b)
    first, last = since.date(), until.date()
    if since >= until:
        return NO_TIME
    total, day = NO_TIME, first
    while day <= last:
        hours = calendar.hours_on(day)
        if first < day < last:
            total += hours.length
        else:
            for opens, closes in hours.on(day, calendar.zone):
                total += max(NO_TIME, min(closes, until) - max(opens, since))
        day += ONE_DAY
    return total


def _spans_from(local: datetime, calendar: WorkingCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Yield every span of work that is not over at ``local``, without end."""
    day = local.date()
    while True:
        for opens, closes in calendar.hours_on(day).on(day, calendar.zone):
            if closes > local:
                yield opens, closes
        day += ONE_DAY
