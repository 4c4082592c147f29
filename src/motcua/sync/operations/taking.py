"""Taking a stream of dossiers and statuses from a member: read, checked, staged, merged."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.errors import Refusal as Refused
from motcua.kernel.text import N_
from motcua.sync.models import Stream
from motcua.sync.models.brief import Brief, Place, merge_briefly
from motcua.sync.models.staging import Writer
from motcua.sync.operations import turns
from motcua.sync.operations.remembering import known_blocks, note_refused, remember_blocks
from motcua.sync.operations.turns import Busy, busy_if_late, lock_of, turn_of
from motcua.sync.rules.batches import Batch, Run, joined
from motcua.sync.rules.batching import MOST_REFUSED, MOST_RUNS, REMEMBERED, ahead, batches_of
from motcua.sync.rules.codes import top_of_member
from motcua.sync.rules.decoding import Decoder
from motcua.sync.rules.reading import blocks_of, pieces_of

__all__ = ["Busy", "Gap", "NotAMember", "NotAStream", "Taken", "take"]

LONGEST_STREAM = 80
LONGEST = 300.0
"""Seconds that one message is merged: its answer is signed before its entry would be closed."""


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
    :param still: raises before a batch of a long message if no more may be taken; the refusal says
        the ``cursor``
    :raises NotAMember: if ``member`` is no member's id
    :raises NotAStream: if the stream has no name, or the offset is negative
    :raises Gap: if rows before ``offset`` have not come
    :raises Busy: if others are being merged; nothing was taken
    :raises Invalid: if the body cannot be read to its end; what was merged before stays
    """
    top, until = _checked(member, stream_id, offset), time.monotonic() + LONGEST
    pieces, short = _begun(_pieces(stream, encoding, until))
    told = _Told(top, stream_id, at, still, until)
    if short and offset is not None:
        return _taken_briefly(pieces, offset, told)
    with turn_of(top):
        return _taken_in_turn(pieces, offset, told, short=short)


@dataclass(frozen=True, slots=True)
class _Told:
    """Who tells in which stream, when, and for how long rows may be merged."""

    top: str
    stream: str
    at: datetime
    still: Callable[[], None]
    until: float


def _taken_briefly(pieces: Iterator[bytes], first: int, told: _Told) -> Taken:
    """
    Take a short message; also one without rows, which tells how far its stream is.

    The caller has looked whether it may be taken once its body was whole, and by what was known
    five seconds before at most: nothing here waits for anybody, so looking again tells no more.
    """
    blocks = blocks_of(pieces, first=first)
    batches = batches_of(blocks, _decoder(told), known={}, first=first)
    at_least_one = chain([next(batches, Batch(first, first))], batches)
    return _merged(at_least_one, Taken(told.stream, first=first), told)


def _taken_in_turn(
    pieces: Iterator[bytes], offset: int | None, told: _Told, *, short: bool
) -> Taken:
    """Take a message by COPY: a long one, or one whose rows have no number before its turn."""
    cursor = _cursor(told.top, told.stream, offset, at=told.at)
    first = cursor if offset is None else offset
    blocks, known = blocks_of(pieces, first=first), {} if short else known_blocks(told.top)
    batches = batches_of(blocks, _decoder(told), known=known, first=first)
    taken = Taken(told.stream, first=first, cursor=cursor)
    batches = _while_allowed(batches if short else ahead(batches), told)
    return _merged(batches, taken, told, Writer(fresh=first == cursor))


def _decoder(told: _Told) -> Decoder:
    return Decoder(told.top, key=settings.SYNC_PERSON_KEY.encode()[:64], at=told.at)


def _merged(
    batches: Iterable[Batch], taken: Taken, told: _Told, writer: Writer | None = None
) -> Taken:
    for batch in batches:
        _merge(batch, taken, told, writer)
        if _is_enough(taken) or time.monotonic() > told.until:
            break
    taken.stopped = _is_enough(taken) or time.monotonic() > told.until
    return taken


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


def _while_allowed(batches: Iterable[Batch], told: _Told) -> Iterator[Batch]:
    for batch in batches:
        try:
            told.still()
        except Refused as no:
            no.facts["cursor"] = _reached(told)
            raise
        yield batch


def _merge(batch: Batch, taken: Taken, told: _Told, writer: Writer | None) -> None:
    """
    Merge a batch, note what was refused, remember its blocks and move the cursor.

    :param writer: nothing for a short message, which is one statement where nothing is refused
    :raises Gap: if rows of a short message are missing before it
    :raises Busy: if its member's turn is taken, or rows that it has to change
    """
    runs, records = joined(batch.refused), batch.records()
    done: Brief | None
    whole = transaction.atomic(savepoint=False) if writer or runs else nullcontext()
    with busy_if_late(), whole:
        if writer:
            done = _written(batch, records, taken, told, writer)
        else:
            done = _briefly(batch, records, told)
        if done:
            note_refused(runs, told.top, told.stream, at=told.at)
    if done is None:
        raise Gap(cursor=_reached(told), offset=batch.first)
    taken.cursor = done.cursor
    taken.rows += batch.end - batch.first
    taken.statuses_new += done.statuses
    taken.statuses_same += len(batch.statuses) - done.statuses + batch.known_statuses
    taken.dossiers_new += done.dossiers.new
    taken.dossiers_changed += done.dossiers.changed
    taken.dossiers_same += len(records) - sum(done.dossiers) + batch.doubled + batch.known_dossiers
    taken.refused = joined([*taken.refused, *runs])
    taken.refused_rows += sum(run.last - run.first + 1 for run in runs)


def _written(
    batch: Batch, records: list[bytes], taken: Taken, told: _Told, writer: Writer
) -> Brief:
    statuses, dossiers = writer.statuses(batch.statuses), writer.dossiers(records)
    remember_blocks(batch.blocks, told.top, at=told.at)
    cursor = max(taken.cursor, batch.end)
    theirs = Stream.objects.filter(member=told.top, stream=told.stream)
    theirs.update(cursor=cursor, moved_at=told.at)
    return Brief(cursor, statuses, dossiers)


def _briefly(batch: Batch, records: list[bytes], told: _Told) -> Brief | None:
    turn = lock_of(told.top)
    place = Place(told.top, told.stream, batch.first, batch.end, turn, turns.PATIENCE)
    return merge_briefly(place, batch.statuses, records, at=told.at)


def _reached(told: _Told) -> int:
    rows = Stream.objects.filter(member=told.top, stream=told.stream)
    return rows.values_list("cursor", flat=True).first() or 0


def _cursor(top: str, stream_id: str, offset: int | None, *, at: datetime) -> int:
    """Return how many rows of a stream have been read, which the offset may not leave behind."""
    first = {"begun_at": at, "moved_at": at}
    row, _ = Stream.objects.get_or_create(member=top, stream=stream_id, defaults=first)
    if offset is not None and offset > row.cursor:
        raise Gap(cursor=row.cursor, offset=offset)
    return row.cursor
