"""
The periods that reports are made for.

A reporting month runs from the 15th of the month before to the 14th, and the longer ones are made
of whole reporting months: Decree 09/2019/NĐ-CP, article 12.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.kernel.worktime import ZONE

FIRST_DAY, LAST_DAY = 15, 14
EARLIEST, LATEST = 2000, 2199


class Kind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DATES = "dates"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
"""How many reporting months a period of each kind has."""

_LETTERS = {"M": Kind.MONTH, "Q": Kind.QUARTER, "H": Kind.HALF}
_CODE = re.compile(r"([0-9]{4})(?:-([MQH])([0-9]{1,2}))?")


class NoSuchPeriod(Invalid):
    code = "reporting.no-such-period"
    message = N_("There is no such period. Choose a year, a number that year has, or two dates.")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included; ``number`` counts its kind in its year."""

    kind: Kind
    first: date
    last: date
    year: int = 0
    number: int = 0

    @classmethod
    def of(cls, kind: Kind, year: int, number: int) -> Self:
        """
        Return a month, quarter, half or the whole of a reporting year.

        :raises NoSuchPeriod: if the year has none of that number
        """
        months = MONTHS.get(kind, 0)
        if not months or not 1 <= number <= 12 // months or not EARLIEST <= year <= LATEST:
            raise NoSuchPeriod
        ends = number * months
        begins = ends - months
        first = date(year, begins, FIRST_DAY) if begins else date(year - 1, 12, FIRST_DAY)
        return cls(kind, first, date(year, ends, LAST_DAY), year, number)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """
        Return the period of any two dates.

        :raises NoSuchPeriod: if it ends before it begins
        """
        if first > last or first.year < EARLIEST or last.year > LATEST:
            raise NoSuchPeriod
        return cls(Kind.DATES, first, last)

    @classmethod
    def named(cls, code: str) -> Self:
        """
        Return the period a code names: ``2026-M11``, ``2026-Q4``, ``2026-H2``, ``2026``.

        :raises NoSuchPeriod: if it names none
        """
        found = _CODE.fullmatch(code)
        if found is None:
            raise NoSuchPeriod
        year, letter, number = found.groups()
        return cls.of(_LETTERS.get(letter, Kind.YEAR), int(year), int(number or 1))

    @classmethod
    def month_with(cls, day: date) -> Self:
        """Return the reporting month that a day lies in."""
        later = day.month + (day.day >= FIRST_DAY)
        return cls.of(Kind.MONTH, day.year + later // 13, (later - 1) % 12 + 1)

    @property
    def code(self) -> str:
        """Its code, as ``named`` reads it; two dates have none."""
        letter = next((x for x, kind in _LETTERS.items() if kind is self.kind), "")
        if self.kind is Kind.DATES:
            return ""
        return f"{self.year}-{letter}{self.number}" if letter else f"{self.year}"

    @property
    def since(self) -> datetime:
        """The moment it begins."""
        return datetime.combine(self.first, time.min, ZONE)

    @property
    def until(self) -> datetime:
        """The moment it is over."""
        return datetime.combine(self.last + timedelta(days=1), time.min, ZONE)


def last_months(day: date, count: int = 12) -> tuple[Period, ...]:
    """Return the reporting month a day lies in and those before it, the oldest first."""
    months = [Period.month_with(day)]
    while len(months) < count:
        months.append(Period.month_with(months[-1].first - timedelta(days=1)))
    return tuple(reversed(months))


def first_moment(at: datetime, back: timedelta) -> datetime:
    """Return the beginning of the day here that lies whole days ``back`` from a moment."""
    return datetime.combine(at.astimezone(ZONE).date() - back, time.min, ZONE)
