"""What an administrator typed about the calendar: read it, or say field by field what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.agencies.rules.hours import hours_written
from motcua.kernel.worktime import DAY_OFF, DayHours

Problems = list[dict[str, str]]
CLOSED, OTHER_HOURS, MAKE_UP = "closed", "hours", "make_up"


@dataclass(slots=True)
class Reading:
    """A form as it was sent, and what is wrong with it so far."""

    post: QueryDict
    problems: Problems = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.post.get(name, "").strip()

    def wrong(self, at: str, message: str) -> None:
        """Note that the field ``at`` needs correcting."""
        self.problems.append({"at": at, "message": message})

    def hours(self, name: str) -> DayHours:
        """Read the hours of a day; an empty field is a day off."""
        try:
            return hours_written(self.text(name))
        except ValueError:
            self.wrong(name, _("Write the hours like 07:00-11:30 13:30-17:00, in order."))
            return DAY_OFF

    def reason(self) -> str:
        """Read why; it must be said."""
        reason = self.text("reason")
        if not reason:
            self.wrong("reason", _("Say why, so that people can understand their due times."))
        elif len(reason) > 300:
            self.wrong("reason", _("Keep the reason within 300 characters."))
        return reason


@dataclass(frozen=True, slots=True)
class DayChange:
    """One date, and what shall hold on it: ``works_as`` a weekday, else ``hours``."""

    day: date
    hours: DayHours
    works_as: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class WeekChange:
    """The hours of every weekday and what one working day means."""

    week: tuple[DayHours, ...]
    nominal_day: timedelta
    same_day_cutoff: time
    reason: str


def day_change(reading: Reading, week: Sequence[DayHours]) -> DayChange | None:
    """Read the form for one date of an agency with this week; nothing if something is wrong."""
    day = _date(reading)
    kind, hours, works_as = reading.text("kind"), DAY_OFF, None
    if kind == OTHER_HOURS:
        hours = reading.hours("hours")
        if not hours and not any(p["at"] == "hours" for p in reading.problems):
            reading.wrong("hours", _("Give the hours of that day, or choose a day off."))
    elif kind == MAKE_UP:
        worked = {str(number): number for number, hours in enumerate(week) if hours}
        works_as = worked.get(reading.text("works_as"))
        if works_as is None:
            reading.wrong("works_as", _("Choose a weekday on which the office works."))
    elif kind != CLOSED:
        reading.wrong("kind", _("Choose what shall hold on that day."))
    reason = reading.reason()
    if day is None or reading.problems:
        return None
    return DayChange(day, hours, works_as, reason)


def week_change(reading: Reading) -> WeekChange | None:
    """Read the form for the week; nothing if something is wrong."""
    week = tuple(reading.hours(f"day-{number}") for number in range(7))
    if not reading.problems and not any(week):
        reading.wrong("day-0", _("An office works on one weekday at least. Give its hours."))
    nominal, cutoff = _nominal(reading), _cutoff(reading)
    reason = reading.reason()
    if reading.problems:
        return None
    return WeekChange(week, nominal, cutoff, reason)


def _date(reading: Reading) -> date | None:
    try:
        year, month, day = (int(reading.text(f"day-{part}")) for part in ("year", "month", "day"))
        found = date(year, month, day)
        if 2010 <= found.year <= 2060:
            return found
    except ValueError:
        pass
    reading.wrong("day", _("Give a date of the calendar, like 24 11 2026."))
    return None


def _nominal(reading: Reading) -> timedelta:
    try:
        hours = Decimal(reading.text("nominal").replace(",", "."))
        if 0 < hours <= 24:
            return timedelta(minutes=round(hours * 60))
    except InvalidOperation:
        pass
    reading.wrong("nominal", _("Give a number of hours, like 8 or 7.5."))
    return timedelta(0)


def _cutoff(reading: Reading) -> time:
    try:
        return time.fromisoformat(reading.text("cutoff"))
    except ValueError:
        reading.wrong("cutoff", _("Give a time of day, like 15:00."))
        return time(0)
