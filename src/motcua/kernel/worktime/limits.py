"""How long something may take, and when its clock stood still."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_HOURS = "working_hours"
    """``Giờ``, ``Giờ làm việc``: hours in which the office works."""
    CLOCK_HOURS = "clock_hours"
    """Hours of the wall clock, day and night; only where a procedure says so."""
    WORKING_DAYS = "working_days"
    """``Ngày làm việc``: each is the calendar's nominal day of working time."""
    DAYS = "days"
    """``Ngày``: calendar days."""
    MONTHS = "months"
    """``Tháng``: calendar months."""
    SAME_DAY = "same_day"
    """``Trong ngày``: by closing of the day, when filed by the cut-off; the amount says nothing."""


WHOLE = {Unit.DAYS, Unit.MONTHS}
IN_DATES = {Unit.DAYS, Unit.MONTHS}


@dataclass(frozen=True, slots=True)
class Limit:
    """
    The time a procedure allows. Half working days and hours are fine, half calendar days are not.

    ``cutoff`` replaces the calendar's own cut-off for a same-day limit.

    :raises ValueError: if the amount is negative or not finite, or calendar days or months are
        not whole
    """

    amount: Decimal
    unit: Unit
    cutoff: time | None = None

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"a limit is zero or more, not {self.amount}")
        if self.unit in WHOLE and self.amount % 1:
            raise ValueError(f"{self.unit} are whole, not {self.amount}")


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """
    A time in which the office waited for the applicant, so that its clock stood still.

    Both moments know their time zone. A wait still going on is given with the present as ``end``.

    :raises ValueError: if it ends before it begins
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a wait ends after it has begun")
