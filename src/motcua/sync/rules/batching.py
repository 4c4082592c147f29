"""From a body to batches: what is known is skipped, the rest is decoded a transaction at a time."""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import TypeVar

from motcua.sync.rules.batches import Batch, Known
from motcua.sync.rules.decoding import Decoder
from motcua.sync.rules.reading import Block

__all__ = ["MOST_REFUSED", "MOST_RUNS", "REMEMBERED", "ahead", "batches_of"]

T = TypeVar("T")

MOST_STAGED = 8_192
"""Rows merged in one transaction, or a block more: few, so that the next are read meanwhile."""
MOST_ROWS = 1 << 20
"""Rows read in one transaction, where nearly all are known or refused."""
MOST_RUNS = 1000
"""Runs of refused rows after which a message is read no further."""
MOST_REFUSED = 1_000_000
"""Refused rows likewise, however few their runs are: they cost more to read than to send."""
REMEMBERED = 1 << 16
"""Bytes from which a block is worth being remembered."""
MOST_BYTES = 16 << 20
GIVE_WAY = 0.001
"""Seconds."""


def batches_of(
    blocks: Iterator[Block], decoder: Decoder, *, known: Mapping[bytes, Known], first: int
) -> Iterator[Batch]:
    """Yield what is to be merged, in order."""
    batch, size = Batch(first, first), 0
    for block in blocks:
        size += len(block.data)
        mark = blake2b(block.data, digest_size=16).digest()
        held = known.get(mark)
        if held is None:
            _decode(block, decoder, batch, mark)
        else:
            batch.known_dossiers += held.dossiers
            batch.known_statuses += held.statuses
        batch.end = block.first + block.rows
        full = batch.staged >= MOST_STAGED or batch.end - batch.first >= MOST_ROWS
        stop = len(batch.refused) > MOST_RUNS or batch.untaken > MOST_REFUSED
        if full or stop or (batch.staged and size >= MOST_BYTES):
            yield batch
            batch, size = Batch(batch.end, batch.end), 0
    if batch.end > batch.first:
        yield batch


def _decode(block: Block, decoder: Decoder, batch: Batch, mark: bytes) -> None:
    before = len(batch.statuses)
    whole = decoder.read(block, batch)
    if whole and len(block.data) >= REMEMBERED:
        statuses = len(batch.statuses) - before
        batch.blocks.append(Known(mark, block.rows - statuses, statuses))


def ahead(made: Iterator[T]) -> Iterator[T]:
    """
    Yield what another thread makes, always one ahead; what it raises is raised in its turn.

    Threads of this process give way to each other at least each millisecond from then on: the one
    that feeds the database wants only a moment, but often, and the database waits for it.
    """
    sys.setswitchinterval(min(sys.getswitchinterval(), GIVE_WAY))
    with ThreadPoolExecutor(1, thread_name_prefix="sync") as pool:
        coming = pool.submit(next, made, None)
        while (each := coming.result()) is not None:
            coming = pool.submit(next, made, None)
            yield each
