"""Many stretches of working time on one calendar, measured quickly."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from motcua.kernel.worktime import WorkingCalendar

DAY = timedelta(days=1)
NONE = timedelta(0)


class WorkClock:
    """The working time of a calendar from ``since`` to ``until``, added up once."""

    def __init__(self, calendar: WorkingCalendar, since: datetime, until: datetime) -> None:
        day, last = calendar.local(since).date(), calendar.local(until).date()
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._before: list[timedelta] = []
        total = NONE
        while day <= last:
            for opens, closes in calendar.hours_on(day).on(day, calendar.zone):
                self._opens.append(opens)
                self._closes.append(closes)
                self._before.append(total)
                total += closes - opens
            day += DAY

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the working time from ``a`` to ``b``, which both lie in the clock's time."""
        return max(self._at(b) - self._at(a), NONE)

    def _at(self, moment: datetime) -> timedelta:
        place = bisect_right(self._opens, moment) - 1
        if place < 0:
            return NONE
        return self._before[place] + min(moment, self._closes[place]) - self._opens[place]


def share_within(times: Sequence[timedelta], share: float) -> timedelta:
    """Return the least time within which ``share`` of the ``times`` lie (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]
