"""Taking a stream of dossiers and statuses from a member: read, checked, staged, merged."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from django.conf import settings

from motcua.backbone.transactions import one_transaction
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.errors import Refusal as Refused
from motcua.kernel.text import N_
from motcua.sync.models import Block, Refusal, Stream
from motcua.sync.models.staging import Writer
from motcua.sync.operations.turns import Busy, turn_of
from motcua.sync.rules.batches import Batch, Known, Run, joined
from motcua.sync.rules.batching import MOST_REFUSED, MOST_RUNS, REMEMBERED, ahead, batches_of
from motcua.sync.rules.codes import top_of_member
from motcua.sync.rules.decoding import Decoder
from motcua.sync.rules.reading import blocks_of, pieces_of

__all__ = ["Busy", "Gap", "NotAMember", "NotAStream", "Taken", "take"]

LONGEST_STREAM = 80
LONGEST = 300.0
"""Seconds that one message is merged: its answer is signed before its entry would be closed."""
MOST_KNOWN = 50_000
"""Blocks of a member that are looked at, the last ones: those of some 200 million rows."""


class NotAMember(Invalid):
    code = "sync.not-a-member"
    message = N_("“{member}” is not the id of a member. Write it like 000.00.00.H26.")


class NotAStream(Invalid):
    code = "sync.not-a-stream"
    message = N_(
        "Say in the header Stream which stream this is, in 1 to 80 characters, and in "
        "Stream-Offset how many of its rows came before."
    )


class Gap(Conflict):
    code = "sync.gap"
    message = N_(
        "Rows are missing: {cursor} rows of this stream have come, but these start at {offset}. "
        "Send again from {cursor}."
    )


@dataclass(slots=True)
class Taken:
    """
    What became of a message's rows, from ``first`` on; ``cursor`` is how many the stream has now.

    ``stopped`` tells that reading ended early, because too many rows were refused or it took five
    minutes: mend the rows or go on from the cursor.
    """

    stream: str
    first: int = 0
    cursor: int = 0
    rows: int = 0
    dossiers_new: int = 0
    dossiers_changed: int = 0
    dossiers_same: int = 0
    statuses_new: int = 0
    statuses_same: int = 0
    refused_rows: int = 0
    refused: list[Run] = field(default_factory=list)
    stopped: bool = False


def take(
    stream: BinaryIO,
    *,
    member: str,
    stream_id: str,
    offset: int | None,
    encoding: str,
    at: datetime,
    still: Callable[[], None] = lambda: None,
) -> Taken:
    """
    Take rows ``offset`` and following of a member's stream, a few ten thousand a transaction.

    The cursor moves with what was merged; rows before it are merged again, which changes nothing.

    :param stream: the body as it came, packed or not
    :param offset: nothing where the rows follow what came before, whatever that is
    :param encoding: ``gzip``, or empty
    :param still: raises before a batch if no more may be taken; the refusal says the ``cursor``
    :raises NotAMember: if ``member`` is no member's id
    :raises NotAStream: if the stream has no name, or the offset is negative
    :raises Gap: if rows before ``offset`` have not come
    :raises Busy: if others are being merged; nothing was taken
    :raises Invalid: if the body cannot be read to its end; what was merged before stays
    """
    top, until = _checked(member, stream_id, offset), time.monotonic() + LONGEST
    with turn_of(top):
        cursor = _cursor(top, stream_id, offset, at=at)
        first = cursor if offset is None else offset
        taken = Taken(stream_id, first=first, cursor=cursor)
        decoder = Decoder(top, key=settings.SYNC_PERSON_KEY.encode()[:64], at=at)
        pieces = _pieces(stream, encoding, until)
        writer = Writer(fresh=first == taken.cursor)
        for batch in _batches(pieces, decoder, top, first=first):
            _check_still(still, taken)
            _merge(batch, taken, writer, top=top, at=at)
            if _is_enough(taken) or time.monotonic() > until:
                break
        taken.stopped = _is_enough(taken) or time.monotonic() > until
    return taken


def _batches(pieces: Iterator[bytes], decoder: Decoder, top: str, *, first: int) -> Iterator[Batch]:
    """Yield what is to be merged; of a short message at once, else read ahead."""
    begun, short = _begun(pieces)
    known = {} if short else _known(top)
    batches = batches_of(blocks_of(begun, first=first), decoder, known=known, first=first)
    return batches if short else ahead(batches)


def _pieces(stream: BinaryIO, encoding: str, until: float) -> Iterator[bytes]:
    """Yield pieces of a body until time is up: they may go on for long before rows come of them."""
    for piece in pieces_of(stream, encoding=encoding, most=settings.SYNC_MOST_BYTES):
        yield piece
        if time.monotonic() > until:
            return


def _begun(pieces: Iterator[bytes]) -> tuple[Iterator[bytes], bool]:
    """
    Return all pieces, and whether they are too short for a block that would be remembered.

    What is wrong with them is raised in its place: rows before that are taken.
    """
    read: list[bytes] = []
    try:
        while sum(map(len, read)) < REMEMBERED:
            if not (piece := next(pieces, b"")):
                return iter(read), True
            read.append(piece)
    except Invalid as wrong:
        return _ended_by(wrong, read), True
    return chain(read, pieces), False


def _ended_by(wrong: Invalid, read: list[bytes]) -> Iterator[bytes]:
    yield from read
    raise wrong


def _is_enough(taken: Taken) -> bool:
    return len(taken.refused) > MOST_RUNS or taken.refused_rows > MOST_REFUSED


def _checked(member: str, stream_id: str, offset: int | None) -> str:
    """Return the first-level code of a member whose stream is named well."""
    top = top_of_member(member)
    if top is None:
        raise NotAMember(member=member[:40])
    if not 0 < len(stream_id) <= LONGEST_STREAM or "\0" in stream_id or (offset or 0) < 0:
        raise NotAStream
    return top


def _check_still(still: Callable[[], None], taken: Taken) -> None:
    try:
        still()
    except Refused as no:
        no.facts["cursor"] = taken.cursor
        raise


@one_transaction
def _merge(batch: Batch, taken: Taken, writer: Writer, *, top: str, at: datetime) -> None:
    """Merge a batch, note what was refused, remember its blocks and move the cursor."""
    new, records = writer.statuses(batch.statuses), batch.records()
    merged = writer.dossiers(records)
    runs = joined(batch.refused)
    _note_refused(runs, top, taken.stream, at=at)
    _remember(batch.blocks, top, at=at)
    cursor = max(taken.cursor, batch.end)
    Stream.objects.filter(member=top, stream=taken.stream).update(cursor=cursor, moved_at=at)
    taken.cursor = cursor
    taken.rows += batch.end - batch.first
    taken.statuses_new += new
    taken.statuses_same += len(batch.statuses) - new + batch.known_statuses
    taken.dossiers_new += merged.new
    taken.dossiers_changed += merged.changed
    taken.dossiers_same += len(records) - sum(merged) + batch.doubled + batch.known_dossiers
    taken.refused = joined([*taken.refused, *runs])
    taken.refused_rows += sum(run.last - run.first + 1 for run in runs)


def _cursor(top: str, stream_id: str, offset: int | None, *, at: datetime) -> int:
    """Return how many rows of a stream have been read, which the offset may not leave behind."""
    first = {"begun_at": at, "moved_at": at}
    row, _ = Stream.objects.get_or_create(member=top, stream=stream_id, defaults=first)
    if offset is not None and offset > row.cursor:
        raise Gap(cursor=row.cursor, offset=offset)
    return row.cursor


def _known(top: str) -> Mapping[bytes, Known]:
    rows = Block.objects.filter(member=top).order_by("-at")
    values = rows.values_list("hash", "dossiers", "statuses")[:MOST_KNOWN]
    return {bytes(mark): Known(bytes(mark), *counts) for mark, *counts in values}


def _remember(blocks: Iterable[Known], top: str, *, at: datetime) -> None:
    rows = [
        Block(member=top, hash=known.hash, dossiers=known.dossiers, statuses=known.statuses, at=at)
        for known in blocks
    ]
    if rows:
        Block.objects.bulk_create(rows, ignore_conflicts=True)


def _note_refused(runs: list[Run], top: str, stream_id: str, *, at: datetime) -> None:
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
