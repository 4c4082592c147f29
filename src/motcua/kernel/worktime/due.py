"""When a thing is due: the nine readings of ``docs/deadlines.md``, in one place."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from motcua.kernel.worktime.arithmetic import (
    add_working_time,
    start_of_clock,
    working_time_between,
)
from motcua.kernel.worktime.calendars import ONE_DAY, WorkingCalendar
from motcua.kernel.worktime.limits import IN_DATES, Limit, Unit, Wait

_HOUR = timedelta(hours=1)


def due_at(
    at: datetime, limit: Limit, calendar: WorkingCalendar, waits: Iterable[Wait] = ()
) -> datetime:
    """
    Return when something filed at ``at`` is due, in the office's own time.

    ``waits`` are the times it waited for the applicant; a wait before the clock started counts
    from that start on.

    :raises ValueError: if a moment does not say its time zone
    """
    start = start_of_clock(at, calendar)
    due = _first_due(calendar.local(at), start, limit, calendar)
    return due_after_waits(due, waits, limit.unit, calendar, since=start)


def due_after_waits(
    due: datetime,
    waits: Iterable[Wait],
    unit: Unit,
    calendar: WorkingCalendar,
    *,
    since: datetime | None = None,
) -> datetime:
    """
    Return ``due`` moved by the time waited, for a limit counted in ``unit``.

    Working limits gain the working time waited, clock hours the time itself, calendar days and
    months the difference of the dates (and then move off a day off). Overlapping waits count
    once; a wait that begins after the due time repairs nothing. Nothing counts before ``since``.
    """
    moved = first = calendar.local(due)
    dates = 0
    for wait in _joined(waits, since):
        if wait.start > moved:
            break
        match unit:
            case Unit.CLOCK_HOURS:
                moved = _add_clock_time(moved, wait.end - wait.start, calendar)
            case Unit.DAYS | Unit.MONTHS:
                dates += _dates_between(wait, calendar)
                if dates:
                    moved = calendar.closing_of(first.date() + dates * ONE_DAY)
            case _:
                waited = working_time_between(wait.start, wait.end, calendar)
                moved = add_working_time(moved, waited, calendar)
    return moved


def revised_due(
    promised: datetime,
    at: datetime,
    limit: Limit,
    calendar: WorkingCalendar,
    waits: Iterable[Wait] = (),
) -> datetime:
    """
    Return the due time under a ``calendar`` that changed after filing.

    It follows the calendar, but never becomes earlier than what was ``promised``.
    """
    return max(calendar.local(promised), due_at(at, limit, calendar, waits))


def _first_due(
    filed: datetime, start: datetime, limit: Limit, calendar: WorkingCalendar
) -> datetime:
    day = start.date()
    if limit.unit is Unit.SAME_DAY:
        cutoff = limit.cutoff or calendar.same_day_cutoff
        late = filed.date() == day and filed.time() > cutoff
        return calendar.closing_of(day + ONE_DAY if late else day)
    if not limit.amount:
        return calendar.closing_of(day)
    if limit.unit in IN_DATES:
        count = int(limit.amount)
        last = day + count * ONE_DAY if limit.unit is Unit.DAYS else _months_after(day, count)
        return calendar.closing_of(last)
    if limit.unit is Unit.CLOCK_HOURS:
        return _add_clock_time(start, _times(limit.amount, _HOUR), calendar)
    whole = _HOUR if limit.unit is Unit.WORKING_HOURS else calendar.nominal_day
    return add_working_time(start, _times(limit.amount, whole), calendar)


def _times(amount: Decimal, whole: timedelta) -> timedelta:
    """Multiply without a float, to the microsecond."""
    return timedelta(microseconds=round(amount * (whole // timedelta(microseconds=1))))


def _add_clock_time(at: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    return (at.astimezone(UTC) + amount).astimezone(calendar.zone)


def _months_after(day: date, count: int) -> date:
    """Return the same day number ``count`` months on, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _dates_between(wait: Wait, calendar: WorkingCalendar) -> int:
    return (calendar.local(wait.end).date() - calendar.local(wait.start).date()).days


def _joined(waits: Iterable[Wait], since: datetime | None) -> Iterator[Wait]:
    """Yield the waits in order, overlapping ones as one, cut off before ``since``."""
    open_: Wait | None = None
    for wait in sorted(waits):
        if since is not None and wait.start < since:
            wait = Wait(since, max(since, wait.end))  # noqa: PLW2901
        if open_ is not None and wait.start <= open_.end:
            open_ = Wait(open_.start, max(open_.end, wait.end))
            continue
        if open_ is not None:
            yield open_
        open_ = wait
    if open_ is not None:
        yield open_
