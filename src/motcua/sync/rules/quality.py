"""
What is odd in what a member told: kinds of finding, how they weigh, a score from 0 to 100.

Nothing is dropped or put right here: a member sees what to mend, with examples.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import sqrt

__all__ = [
    "FEWEST_CHANGES",
    "FEWEST_STATUSES",
    "QUARTER_DAYS",
    "WEIGHTS",
    "Finding",
    "Kind",
    "NoScore",
    "first_of_last_days",
    "is_mass",
    "score_of",
    "unused_in",
    "years_at",
]


class Kind(StrEnum):
    """What can be odd."""

    DUMMY_PERSON = "dummy-person"
    NO_PERSON = "no-person"
    WRONG_PERSON = "wrong-person"
    UNREAD = "unread"
    UNUSED_STATUS = "unused-status"
    NO_END = "no-end"
    BACKWARDS = "backwards"
    BEFORE_FILING = "status-before-filing"
    FROM_FUTURE = "from-the-future"
    QUARTER_END = "quarter-end"
    NO_DOSSIER = "no-dossier"
    UNKNOWN_PROCEDURE = "unknown-procedure"


class NoScore(StrEnum):
    """Why there is no score: not measured yet, or of this year and the last nothing was told."""

    NOT_MEASURED = "not-measured"
    NOTHING_TOLD = "nothing-told"


WEIGHTS: dict[Kind, int] = {
    Kind.DUMMY_PERSON: 40,
    Kind.NO_PERSON: 20,
    Kind.WRONG_PERSON: 20,
    Kind.UNREAD: 20,
    Kind.UNUSED_STATUS: 30,
    Kind.NO_END: 30,
    Kind.BACKWARDS: 40,
    Kind.BEFORE_FILING: 30,
    Kind.FROM_FUTURE: 40,
    Kind.QUARTER_END: 30,
    Kind.NO_DOSSIER: 30,
    Kind.UNKNOWN_PROCEDURE: 20,
}
"""How many points of 100 are lost where all that is counted is odd."""

FEWEST_STATUSES = 500
"""Statuses from which one that never occurs means something."""
EXPECTED = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
QUARTER_DAYS = 3
"""Days at the end of a quarter in which a mass of updates is looked for."""
FEWEST_CHANGES = 50
"""Changes in those days from which they may be a mass."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``count`` of ``total`` are odd in one way; ``examples`` are codes, or numbers of statuses."""

    kind: Kind
    count: int
    total: int
    examples: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Return how much of what is counted is odd, 0 to 1."""
        return min(1.0, self.count / self.total) if self.total else 0.0


def score_of(findings: Iterable[Finding]) -> int:
    """Return the score: 100 where nothing is odd; a small share costs more than in proportion."""
    lost = sum(WEIGHTS[each.kind] * sqrt(each.share) for each in findings if each.count)
    return max(0, round(100 - lost))


def unused_in(counts: dict[int, int]) -> list[int]:
    """Return the statuses that never occur among many; none where there are too few to tell."""
    if sum(counts.values()) < FEWEST_STATUSES:
        return []
    return sorted(EXPECTED - {status for status, count in counts.items() if count})


def first_of_last_days(day: date) -> tuple[date, date]:
    """Return the last days of the quarter that ended last before a day: the first, and the end."""
    first_month = day.month - (day.month - 1) % 3
    end = date(day.year, first_month, 1)
    return end - timedelta(days=QUARTER_DAYS), end


def is_mass(count: int, total: int, *, days: int) -> bool:
    """
    Tell whether ``count`` of ``total`` changes are too many for the last days of a quarter.

    Three times as many as of other days are usual then.

    :param days: of the quarter in which changes were told
    """
    return count >= FEWEST_CHANGES and count * days > total * 3 * QUARTER_DAYS


def years_at(at: datetime) -> list[int]:
    """Return the years of codes that are measured: this one, the last, and those without a day."""
    return [at.year, at.year - 1, 0]
