"""Intervals of numbers, in millionths: between which ends a value lies, whatever the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.forms.rules.expressions.numbers import END, ONE, divided

LAST = END - 1
"""The greatest number there is; -LAST is the least."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value is from ``low`` to ``high``; ``sure``: it is never empty."""

    low: int = -LAST
    high: int = LAST
    sure: bool = False

    def clipped(self) -> "Interval":
        """Return the part that numbers can have; what is beyond is empty."""
        sure = self.sure and self.low >= -LAST and self.high <= LAST
        low, high = (min(max(end, -LAST), LAST) for end in (self.low, self.high))
        return Interval(low, high, sure)

    def plus(self, other: "Interval") -> "Interval":
        """Return where a sum lies."""
        sure = self.sure and other.sure
        return Interval(self.low + other.low, self.high + other.high, sure).clipped()

    def minus(self) -> "Interval":
        """Return where the opposite number lies."""
        return Interval(-self.high, -self.low, self.sure)

    def times(self, other: "Interval") -> "Interval":
        """Return where a product lies: rounding keeps the order, so the corners are enough."""
        corners = [divided(a * b, ONE) for a in self.ends for b in other.ends]
        return Interval(min(corners), max(corners), self.sure and other.sure).clipped()

    def over(self, other: "Interval") -> "Interval":
        """Return where a quotient lies; division by zero is empty, so the divisor is not zero."""
        sides = [(max(other.low, 1), other.high), (other.low, min(other.high, -1))]
        divisors = [end for side in sides if side[0] <= side[1] for end in side]
        if not divisors:
            return Interval()
        corners = [divided(a * ONE, b) for a in self.ends for b in divisors]
        sure = self.sure and other.sure and not other.low <= 0 <= other.high
        return Interval(min(corners), max(corners), sure).clipped()

    @property
    def ends(self) -> tuple[int, int]:
        """Low and high."""
        return self.low, self.high


def hull(intervals: Sequence[Interval]) -> Interval:
    """Return where a value lies that is one of several."""
    low, high = min(each.low for each in intervals), max(each.high for each in intervals)
    return Interval(low, high, all(each.sure for each in intervals))


def least(intervals: Sequence[Interval]) -> Interval:
    """Return where the least of several values lies; empty ones are left out."""
    whole = hull(intervals)
    high = min([whole.high, *(each.high for each in intervals if each.sure)])
    return Interval(whole.low, high, any(each.sure for each in intervals))


def greatest(intervals: Sequence[Interval]) -> Interval:
    """Return where the greatest of several values lies; empty ones are left out."""
    return least([each.minus() for each in intervals]).minus()
