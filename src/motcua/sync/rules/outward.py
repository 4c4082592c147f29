"""Our own dossiers as rows for others: what a message holds, how long one waits after a failure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from motcua.sync.rules.rows import Dossier, Status

__all__ = [
    "LONG_WAITED",
    "Batch",
    "Carried",
    "Kind",
    "NotTaken",
    "Said",
    "StepTime",
    "codes_of",
    "cut",
    "lines_of",
    "next_try",
    "wait_after",
]

LONG_WAITED = timedelta(hours=1)
"""How long the oldest step may wait before those who look after the portal are warned."""
LONGEST_WAIT = timedelta(minutes=5)
_encode = msgspec.json.encode


class Kind(StrEnum):
    """
    How a parent is spoken to: over the exchange, or in the old portal's verbs.

    ``BELOW`` is a province's system that we, as the portal above, tell of statuses.
    """

    NATIVE = "native"
    LEGACY = "legacy"
    BELOW = "legacy-below"


@dataclass(frozen=True, slots=True)
class Said:
    """A dossier as it is told, with its national status and how its result is to be returned."""

    dossier: Dossier
    status: int
    return_by: int


class StepTime(NamedTuple):
    """Since when the stage of a step went on, and when it was to be over; each may be unknown."""

    began: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """
    What is told in one go: dossiers as they stand, and the steps taken, in their order.

    ``times`` has one for each step, or none at all where nobody is told them.
    """

    dossiers: tuple[Said, ...] = ()
    steps: tuple[Status, ...] = ()
    times: tuple[StepTime, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.dossiers or self.steps)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something a parent did not take: of which dossier, why, and how it begins."""

    code: str
    reason: str
    example: str
    times: int = 1


@dataclass(slots=True)
class Carried:
    """What became of a batch: how many rows a parent has read in all, and what it did not take."""

    sent: int
    refused: list[NotTaken] = field(default_factory=list)


def lines_of(batch: Batch) -> list[bytes]:
    """Return a batch as lines of a stream, dossiers before their steps."""
    rows: list[Dossier | Status] = [said.dossier for said in batch.dossiers]
    return [_encode(row) + b"\n" for row in (*rows, *batch.steps)]


def codes_of(batch: Batch) -> list[str]:
    """Return whose dossier each line of a batch is about."""
    return [said.dossier.code for said in batch.dossiers] + [step.code for step in batch.steps]


def cut(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters; what is left out is shown by an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def wait_after(failures: int) -> timedelta:
    """Return how long a parent is left alone after failures: 2, 4, 8 … s, 5 min at most."""
    return min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_WAIT)


def next_try(at: datetime, *, failures: int, asked: str = "") -> datetime:
    """Return when to try again; ``asked`` is how many seconds they asked to be left alone."""
    seconds = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    return at + max(wait_after(failures), timedelta(seconds=seconds))
