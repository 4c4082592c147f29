"""Which days and hours an office works."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from motcua.kernel.worktime.hours import DAY_OFF, DayHours

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
EIGHT_HOURS = timedelta(hours=8)

_STANDARD = DayHours.of("07:00-11:30 13:30-17:00")
STANDARD_WEEK = (*[_STANDARD] * 5, DAY_OFF, DAY_OFF)
"""The usual hours of an office, Monday first; a day is 8 hours of work."""


def nominal_day_of(week: Sequence[DayHours]) -> timedelta:
    """Return the length most working days of ``week`` have (the longer of two as common)."""
    lengths = Counter(hours.length for hours in week if hours)
    return max(lengths, key=lambda length: (lengths[length], length), default=EIGHT_HOURS)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """
    An office's working time, as a value: whoever holds it can compute with it and ask nobody.

    ``week`` are the hours of each weekday, Monday first. For one date the tables count in this
    order: ``overrides`` (its hours on that very date; ``DAY_OFF`` to close) > ``make_up`` (worked
    with the hours of the weekday given, 0 = Monday) > ``holidays`` > ``week``.

    ``nominal_day`` is how long "one working day" is when a limit speaks of it. ``same_day_cutoff``
    is the last moment at which a same-day request is still answered on that day.

    :raises ValueError: if there are not seven weekdays, or none of them is worked
    """

    week: tuple[DayHours, ...] = STANDARD_WEEK
    holidays: AbstractSet[date] = frozenset()
    overrides: Mapping[date, DayHours] = field(default_factory=dict)
    make_up: Mapping[date, int] = field(default_factory=dict)
    nominal_day: timedelta = EIGHT_HOURS
    same_day_cutoff: time = time(15)
    zone: ZoneInfo = ZONE

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days, and an office works on one at least")
        if self.nominal_day <= timedelta(0):
            raise ValueError("a working day is longer than nothing")

    def hours_on(self, day: date) -> DayHours:
        """Return the hours worked on ``day``; empty on a day off."""
        if (special := self.overrides.get(day)) is not None:
            return special
        if (weekday := self.make_up.get(day)) is not None:
            return self.week[weekday]
        return DAY_OFF if day in self.holidays else self.week[day.weekday()]

    def works_on(self, day: date) -> bool:
        """Tell whether ``day`` has working hours."""
        return bool(self.hours_on(day))

    def working_day_from(self, day: date) -> date:
        """Return ``day``, or the first working day after it when it is a day off."""
        while not self.hours_on(day):
            day += ONE_DAY
        return day

    def closing_of(self, day: date) -> datetime:
        """Return when work ends on ``day``, or on the first working day after a day off."""
        worked = self.working_day_from(day)
        return self.hours_on(worked).closing(worked, self.zone)

    def local(self, at: datetime) -> datetime:
        """
        Return the same moment in the office's own time.

        :raises ValueError: if ``at`` does not say its time zone
        """
        if at.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return at.astimezone(self.zone)
