"""
Form 06 of Circular 01/2020/TT-VPCP: dossiers received, settled and pending, in eleven figures.

Received = online + direct + carried over; settled = early + on time + late; pending = within the
limit + overdue; and what was received is settled or pending.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from motcua.kernel.folding import fold


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one line of the form."""

    online: int = 0
    direct: int = 0
    carried: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    within: int = 0
    overdue: int = 0

    @property
    def received(self) -> int:
        """Everything that was there to be settled in the period."""
        return self.online + self.direct + self.carried

    @property
    def settled(self) -> int:
        """What was settled in the period."""
        return self.early + self.on_time + self.late

    @property
    def pending(self) -> int:
        """What was still to be settled at the period's end."""
        return self.within + self.overdue

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def row(self) -> tuple[int, ...]:
        """The eleven figures in the order of the form's columns."""
        return (
            *(self.received, self.online, self.direct, self.carried),
            *(self.settled, self.early, self.on_time, self.late),
            *(self.pending, self.within, self.overdue),
        )

    @property
    def share_on_time(self) -> float | None:
        """The share settled on or before the due day, 0 to 1; ``None`` if nothing was settled."""
        return (self.early + self.on_time) / self.settled if self.settled else None


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of one agency under one procedure, with where they belong."""

    agency: str
    level: str
    field: str
    procedure: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form: a field, or an agency, named by ``key``."""

    key: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one level, and their sum."""

    level: str
    lines: tuple[Line, ...]
    total: Figures


def total_of(figures: Iterable[Figures]) -> Figures:
    """Return the sum of figures."""
    return sum(figures, Figures())


LEVELS = ("ministry", "province", "district", "commune")
"""Levels in the order of the form's sections."""


def sections_of(parts: Iterable[Part], *, by_agency: bool) -> tuple[Section, ...]:
    """Add parts up to lines, a section a level; a line is a field, or an agency by its id."""
    lines: dict[str, dict[str, Figures]] = {}
    for part in parts:
        section = lines.setdefault(part.level, {})
        key = part.agency if by_agency else part.field
        section[key] = section.get(key, Figures()) + part.figures
    return tuple(
        Section(
            level,
            tuple(
                Line(key, figures) for key, figures in sorted(lines[level].items(), key=_in_order)
            ),
            total_of(lines[level].values()),
        )
        for level in sorted(lines, key=LEVELS.index)
    )


def _in_order(line: tuple[str, Figures]) -> tuple[str, str]:
    return fold(line[0]), line[0]
