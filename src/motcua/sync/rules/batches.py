"""What is merged in one transaction, and the runs of rows that are not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.sync.rules.reading import EXAMPLE, Block

__all__ = ["Batch", "Known", "Run", "example_of", "joined"]

_NUMBER = re.compile(r"(\d{3})\d{4,7}(\d{2})(?!\d)")


@dataclass(slots=True)
class Run:
    """Rows ``first`` to ``last`` of a stream not taken for one reason; ``example`` is the first."""

    first: int
    last: int
    reason: str
    example: str

    def with_next(self, other: "Run") -> "Run | None":
        """Return this run together with one that follows or overlaps it for the same reason."""
        if other.reason != self.reason or not self.first <= other.first <= self.last + 1:
            return None
        return Run(self.first, max(self.last, other.last), self.reason, self.example)


@dataclass(frozen=True, slots=True)
class Known:
    """A block merged whole before: its hash, how many dossiers and statuses it holds."""

    hash: bytes
    dossiers: int
    statuses: int


@dataclass(slots=True)
class Batch:
    """
    Rows ``first`` to before ``end``, ready to be merged.

    ``dossiers`` are the latest records by code, each with its ``as_of``, hash, and how it is
    written; ``doubled`` counts the others. ``untaken`` counts rows refused. ``blocks`` are to be
    remembered; what blocks held that were merged before is only counted.
    """

    first: int
    end: int = 0
    statuses: list[bytes] = field(default_factory=list)
    dossiers: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    doubled: int = 0
    refused: list[Run] = field(default_factory=list)
    untaken: int = 0
    blocks: list[Known] = field(default_factory=list)
    known_dossiers: int = 0
    known_statuses: int = 0

    def add_dossier(self, code: str, as_of: int, mark: int, written: bytes) -> None:
        """Keep the record of a dossier unless a later one is there."""
        held = self.dossiers.get(code)
        self.doubled += held is not None
        if held is None or held[:2] < (as_of, mark):
            self.dossiers[code] = (as_of, mark, written)

    def refuse(self, block: Block, number: int, reason: str) -> None:
        """Note that a row of a block is not taken."""
        self.untaken += 1
        last = self.refused[-1] if self.refused else None
        if last is not None and (last.reason, last.last + 1) == (reason, number):
            last.last = number
        else:
            self.refused.append(Run(number, number, reason, example_of(block, number)))

    @property
    def staged(self) -> int:
        """Return how many rows are to be merged."""
        return len(self.statuses) + len(self.dossiers)

    def records(self) -> list[bytes]:
        """Return the dossiers as COPY takes them."""
        return [written for _as_of, _mark, written in self.dossiers.values()]


def joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs in order, those of one reason that touch or overlap made one."""
    found: list[Run] = []
    for run in sorted(runs, key=lambda each: (each.reason, each.first, each.last)):
        last = found[-1].with_next(run) if found else None
        if last is None:
            found.append(run)
        else:
            found[-1] = last
    return sorted(found, key=lambda each: (each.first, each.reason))


def example_of(block: Block, number: int) -> str:
    """Return how a row of a block begins, as it may be kept: long numbers without their middle."""
    place = number - block.first
    line = block.data if block.too_long else block.data.split(b"\n", place + 1)[place]
    text = line[:EXAMPLE].decode(errors="replace").replace("\0", "")
    return _NUMBER.sub(r"\1…\2", text)
