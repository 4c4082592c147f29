"""The geometry of pictures drawn into pages: QR codes, lines, shares, columns; no colours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import segno

QUIET = 2
"""Modules left white around a QR code; the frame around it gives the rest of the four."""


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code as one stroked path in a square of ``side`` units."""

    side: int
    path: str


def qr_drawing(content: str) -> QrDrawing:
    """Draw a QR code (error correction M, ISO/IEC 18004), a stroke for each run of dark modules."""
    matrix = segno.make(content, error="m", micro=False).matrix
    pieces: list[str] = []
    for y, row in enumerate(matrix):
        runs = _runs(row)
        pieces.extend(f"M{start + QUIET} {y + QUIET + 0.5}h{length}" for start, length in runs)
    return QrDrawing(len(matrix) + 2 * QUIET, "".join(pieces))


def _runs(row: Sequence[int]) -> Iterable[tuple[int, int]]:
    start = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time and the area under it, in a box of 300 × 56."""

    line: str
    area: str


def sparkline_drawing(points: Sequence[float]) -> Line:
    """Draw two or more numbers in time order; the lowest lies near the foot, not on it."""
    low, high = min(points), max(points)
    spread = (high - low) or 1
    step = 288 / max(len(points) - 1, 1)
    steps = [
        f"{6 + i * step:.0f} {43 - (value - low) / spread * 32:.1f}"
        for i, value in enumerate(points)
    ]
    line = "M" + " L".join(steps)
    return Line(line, f"{line} L{6 + (len(points) - 1) * step:.0f} 54 L6 54z")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar of 1000."""

    x: int
    width: int


def shares_drawing(parts: Sequence[int]) -> list[Part]:
    """Divide a bar of 1000 among ``parts`` by size; what is not zero is at least 8 wide."""
    whole = sum(parts) or 1
    widths = [max(round(part * 1000 / whole), 8 if part else 0) for part in parts]
    if any(parts):
        widths[widths.index(max(widths))] += 1000 - sum(widths)
    return [Part(sum(widths[:i]), width) for i, width in enumerate(widths)]


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line across the columns, with its number."""

    y: int
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """Two columns side by side, standing on y = 180."""

    name: str
    x: float
    width: float
    top1: int
    top2: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Pairs of columns over a grid, in a box of 640 × 206."""

    lines: list[GridLine]
    days: list[Day]


def columns_drawing(days: Sequence[tuple[str, int, int]]) -> Columns:
    """Draw pairs of columns, at least one pair, under a scale that ends on a round number."""
    top = _round_up(max(max(first, second) for _, first, second in days))
    slot = 594 / len(days)
    width = round((slot - 14) / 2, 1)
    lines = [GridLine(round(180 - 165 * i / 3), str(round(top * i / 3))) for i in range(4)]
    drawn = [
        Day(name, round(44 + i * slot, 1), width, _top(first, top), _top(second, top))
        for i, (name, first, second) in enumerate(days)
    ]
    return Columns(lines, drawn)


def single_columns_drawing(days: Sequence[tuple[str, int]]) -> Columns:
    """Draw one column a day in the place of a pair, twice as wide as ``width``."""
    return columns_drawing([(name, value, 0) for name, value in days])


def _top(value: int, whole: int) -> int:
    return round(180 - 165 * value / whole)


def _round_up(value: int) -> int:
    """Return the next number that divides by three into round steps."""
    step = 1
    while True:
        for factor in (3, 6, 15):
            if factor * step >= value:
                return factor * step
        step *= 10
