"""Working time of an office as one number line, so that made-up work spreads evenly over it."""

from datetime import date, datetime, timedelta

from motcua.kernel.worktime import ZONE, WorkingCalendar

_BEFORE, _AFTER = timedelta(days=800), timedelta(days=1_600)
_ONE_DAY = timedelta(days=1)
_SOON = 0.4
"""How much of a working day passes at most until what came while it was closed is looked at."""

Spans = tuple[tuple[int, int], ...]


class OfficeHours:
    """
    The working days around a day, numbered: 7.5 is the middle of the hours of the eighth.

    Moments are in local time, and within two years of that day.
    """

    def __init__(self, calendar: WorkingCalendar, *, around: date) -> None:
        self._worked: list[tuple[datetime, Spans, int]] = []
        self._days: dict[date, tuple[int, Spans, int]] = {}
        day, last = around - _BEFORE, around + _AFTER
        while day <= last:
            start = datetime(day.year, day.month, day.day, tzinfo=ZONE)
            spans = tuple(
                (_seconds(opens), _seconds(closes))
                for opens, closes in calendar.hours_on(day).on(day, ZONE)
            )
            length = sum(closes - opens for opens, closes in spans)
            self._days[day] = len(self._worked), spans, length
            if spans:
                self._worked.append((start, spans, length))
            day += _ONE_DAY

    def position(self, moment: datetime) -> float:
        """Return where a moment stands; one outside the hours, where the next of them begins."""
        number, spans, length = self._days[moment.date()]
        if not spans:
            return float(number)
        now, passed = _seconds(moment), 0
        for opens, closes in spans:
            if now > opens:
                passed += min(now, closes) - opens
        return number + passed / length

    def moment(self, position: float) -> datetime:
        """Return the moment, to the second, at a place on the line."""
        number = int(position)
        start, spans, length = self._worked[number]
        left = int((position - number) * length)
        for opens, closes in spans:
            if left < closes - opens:
                break
            left -= closes - opens
        return start + timedelta(seconds=opens + left)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether somebody is at work."""
        now = _seconds(moment)
        for opens, closes in self._days[moment.date()][1]:  # noqa: SIM110, asked for every step
            if opens <= now <= closes:
                return True
        return False

    def hours_of(self, moment: datetime) -> tuple[datetime, datetime]:
        """Return when the office opens and closes on a day on which it works."""
        number, spans, _length = self._days[moment.date()]
        start = self._worked[number][0]
        return start + timedelta(seconds=spans[0][0]), start + timedelta(seconds=spans[-1][1])

    def at_work(self, moment: datetime) -> datetime:
        """Return a moment, or one within the next hours of work where the office is closed."""
        if self.is_open(moment):
            return moment
        share = (moment.minute * 60 + moment.second) / 3_600
        return self.moment(self.position(moment) + share * _SOON)


def _seconds(moment: datetime) -> int:
    return moment.hour * 3_600 + moment.minute * 60 + moment.second
