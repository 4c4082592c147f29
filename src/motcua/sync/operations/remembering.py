"""What is kept of a stream besides its rows: blocks known by their content, rows not taken."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from motcua.sync.models import Block, Refusal
from motcua.sync.rules.batches import Known, Run, joined

__all__ = ["known_blocks", "note_refused", "remember_blocks"]

MOST_KNOWN = 50_000
"""Blocks of a member that are looked at, the last ones: those of some 200 million rows."""


def known_blocks(top: str) -> Mapping[bytes, Known]:
    """Return the blocks of a member that were merged whole, by their hashes."""
    rows = Block.objects.filter(member=top).order_by("-at")
    values = rows.values_list("hash", "dossiers", "statuses")[:MOST_KNOWN]
    return {bytes(mark): Known(bytes(mark), *counts) for mark, *counts in values}


def remember_blocks(blocks: Iterable[Known], top: str, *, at: datetime) -> None:
    """Remember blocks that were merged whole."""
    rows = [
        Block(member=top, hash=known.hash, dossiers=known.dossiers, statuses=known.statuses, at=at)
        for known in blocks
    ]
    if rows:
        Block.objects.bulk_create(rows, ignore_conflicts=True)


def note_refused(runs: list[Run], top: str, stream_id: str, *, at: datetime) -> None:
    """Keep the runs of a stream, those that touch as one: the same whatever was cut how."""
    if not runs:
        return
    first, last = runs[0].first - 1, max(run.last for run in runs) + 1
    theirs = Refusal.objects.filter(member=top, stream=stream_id)
    beside = theirs.filter(first__lte=last, last__gte=first)
    held = [Run(row.first, row.last, row.reason, row.example) for row in beside]
    beside.delete()
    Refusal.objects.bulk_create(
        Refusal(
            member=top,
            stream=stream_id,
            first=run.first,
            last=run.last,
            reason=run.reason,
            example=run.example,
            at=at,
        )
        for run in joined([*held, *runs])
    )
