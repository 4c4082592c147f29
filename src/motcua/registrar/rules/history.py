"""
A record through time: on each day there is one truth about it, or none.

A new version takes its days from those that hold there now. What held before and after them goes
on, so that putting a mistake of two years ago right changes nothing of what came since.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Self, TypeVar

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

T = TypeVar("T")


class NoDays(Invalid):
    code = "registrar.no-days"
    message = N_("The version ends before it begins. Check its first day and its last one.")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From ``first`` on, until the day before ``until``; without it, for good."""

    first: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.first:
            raise NoDays

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Self) -> bool:
        """Tell whether some day lies in both."""
        return (self.until is None or other.first < self.until) and (
            other.until is None or self.first < other.until
        )

    def without(self, other: Self) -> "tuple[Days, ...]":
        """Return what is left of these days where ``other`` is taken away."""
        if not self.overlaps(other):
            return (self,)
        left = []
        if self.first < other.first:
            left.append(Days(self.first, other.first))
        if other.until is not None and (self.until is None or other.until < self.until):
            left.append(Days(other.until, self.until))
        return tuple(left)


def days_of_new(first: date, until: date | None, known: Iterable[Days]) -> Days:
    """
    Return the days a new version takes: to ``until``, or as long as the one it replaces holds.

    :raises NoDays: if they end before they begin
    """
    if until is not None:
        return Days(first, until)
    replaced = next((days for days in known if first in days), None)
    if replaced is not None:
        return Days(first, replaced.until)
    later = [days.first for days in known if days.first > first]
    return Days(first, min(later) if later else None)


def versions(
    value: T, first: date, events: Iterable[tuple[date, Mapping[str, Any]]]
) -> Iterator[tuple[Days, T]]:
    """
    Yield what a record says from its first day on, without a gap, as events change its fields.

    :param events: days and what fields hold from them on, in any order; of one day the last counts
    """
    kept: Any = value
    for day, same_day in groupby(sorted(events, key=lambda event: event[0]), lambda each: each[0]):
        if day > first:
            yield Days(first, day), kept
            first = day
        for _, changes in same_day:
            kept = replace(kept, **changes)
    yield Days(first), kept
