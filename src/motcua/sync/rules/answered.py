"""What a member answers to rows that it was sent, no further than it can be believed."""

from typing import Annotated

import msgspec

__all__ = ["Answered", "Reached"]

MOST_RUNS = 10_000
"""Runs of refused rows in an answer; who reads the rows stops long before."""
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class _Run(msgspec.Struct, frozen=True):
    """Rows that were not taken, and why."""

    first: _Count = msgspec.field(name="from")
    to: _Count
    reason: str
    example: str = ""


class Answered(msgspec.Struct, frozen=True):
    """What became of a message: ``rows`` of it were read, ``cursor`` of the stream are there."""

    cursor: _Count
    rows: _Count
    dossiers_new: _Count = 0
    dossiers_changed: _Count = 0
    dossiers_same: _Count = 0
    statuses_new: _Count = 0
    statuses_same: _Count = 0
    refused_rows: _Count = 0
    refused: Annotated[list[_Run], msgspec.Meta(max_length=MOST_RUNS)] = []


class Reached(msgspec.Struct, frozen=True):
    """How many rows of a stream are there."""

    cursor: _Count


for _shape in (Answered, Reached):  # before two threads ask at once, which msgspec does not bear
    msgspec.json.Decoder(_shape)
