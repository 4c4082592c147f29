"""How dossiers were served, in three figures that anyone may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Served:
    """What came in new, what was settled before, on and after the due day, and how long it took."""

    received: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    took: timedelta = timedelta(0)

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.received + other.received,
            self.early + other.early,
            self.on_time + other.on_time,
            self.late + other.late,
            self.took + other.took,
        )

    @property
    def settled(self) -> int:
        """Everything that was settled."""
        return self.early + self.on_time + self.late

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """The shares settled early, on time and late; ``None`` when nothing was settled."""
        if not self.settled:
            return None
        return (
            self.early / self.settled,
            self.on_time / self.settled,
            self.late / self.settled,
        )

    @property
    def in_time(self) -> float | None:
        """The share settled on or before the due day; ``None`` when nothing was settled."""
        return (self.early + self.on_time) / self.settled if self.settled else None

    @property
    def average(self) -> timedelta | None:
        """The time from coming in to being settled; ``None`` when nothing was settled."""
        return self.took / self.settled if self.settled else None


def all_of(figures: Iterable[Served]) -> Served:
    """Return the sum of figures."""
    return sum(figures, Served())
