"""
Blocks of rows as PostgreSQL's COPY takes them in binary, each row checked.

This is the hot path: what is usual costs a few microseconds a row, what is odd may cost more. A
value that may be missing and cannot be read is left out and marked. What rows of a stream have in
common (free texts with their hash) is made once and kept.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from struct import Struct
from typing import NoReturn

import msgspec

from motcua.kernel.reading import NOT_JSON
from motcua.sync.rules.batches import Batch
from motcua.sync.rules.codes import place_of
from motcua.sync.rules.mending import FIELDS, MOMENTS, Mended, mended
from motcua.sync.rules.persons import flags_of, person_hash, tidy_number
from motcua.sync.rules.reading import LONGEST_ROW, Block
from motcua.sync.rules.rows import Dossier, Row, Status

__all__ = ["DOSSIER_COLUMNS", "STATUS_COLUMNS", "Decoder"]

STATUS_COLUMNS = "year, code, status, at, detail, member, told_at, words, who"
"""The order in which a status is written."""
DOSSIER_COLUMNS = (
    "year, code, as_of, hash, since, kind, channel, filed_at, received_at, due_at, done_at, "
    "returned_at, flags, person, procedure, title, agency, applicant, member, told_at"
)
"""The order in which a dossier is written."""

_MOST_KEPT = 50_000
_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
"""Where PostgreSQL begins to count."""
_CENTURY = 36525 * 86400 * 10**6
_EARLIEST, _LATEST = -_CENTURY, 2 * _CENTURY
"""What is a believable time: from 1900 to 2200."""
_status_body = Struct(">ihiq").pack
_place_head = Struct(">hihi").pack
_dossier_version = Struct(">iqiq").pack
_dossier_body = Struct(">iqihih").pack
_flags = Struct(">ih").pack
_mark = Struct(">q").unpack
_moment = Struct(">iq").pack
_size = Struct(">i").pack
_NULL = _size(-1)


class _Refused(Exception):
    """A row is not taken, for the reason that it carries."""


def _refuse(reason: str) -> NoReturn:
    raise _Refused(reason)


class Decoder:
    """
    Reads the rows of one member into batches.

    :param top: the member's first-level code
    :param key: keys the hashes of applicants' numbers
    :param at: when we are told
    """

    def __init__(self, top: str, *, key: bytes, at: datetime) -> None:
        self.top = top
        self.key = key
        self._end = _text(top) + _moment(8, _micros(at))
        self._decoder = msgspec.json.Decoder(Row)
        self._tails: dict[tuple[str, str], bytes] = {}
        self._abouts: dict[tuple[str, str, str], bytes] = {}

    def read(self, block: Block, into: Batch) -> bool:
        """Add a block's rows to a batch; tell whether all were taken."""
        if block.too_long:
            into.refuse(block, block.first, "too-long")
            return False
        whole, tails, add = True, self._tails, into.statuses.append
        last, head = "", b""
        for number, row in enumerate(self._rows(block), block.first):
            try:
                if type(row) is Status:
                    if row.code != last:
                        head, last = self._head(9, row.code), row.code
                    passed = row.at - _SINCE
                    micros = (passed.days * 86400 + passed.seconds) * 10**6 + passed.microseconds
                    if not _EARLIEST < micros < _LATEST:
                        _refuse("time")
                    tail = tails.get((row.words, row.who)) or self._tail(row.words, row.who)
                    add(head + _status_body(2, row.status, 8, micros) + tail)
                elif type(row) is Dossier:
                    self._dossier(row, 0, into)
                else:
                    self._odd(row, into)
            except _Refused as refused:
                into.refuse(block, number, str(refused))
                whole, last = False, ""
        return whole

    def _odd(self, row: "Mended | Row | str", into: Batch) -> None:
        """Add a row of which something could not be read, or refuse what is none."""
        if not isinstance(row, Mended):
            _refuse(str(row))
        if isinstance(row.row, Dossier):
            self._dossier(row.row, row.marks, into)
            return
        micros = _micros(row.row.at)
        if not _EARLIEST < micros < _LATEST:
            _refuse("time")
        head = self._head(9, row.row.code)
        body = _status_body(2, row.row.status, 8, micros)
        into.statuses.append(head + body + self._tail(row.row.words, row.row.who))

    def _rows(self, block: Block) -> "list[Row | Mended | str]":
        """Return the rows of a block, for each that is none the reason."""
        data = block.data
        short = len(data) <= LONGEST_ROW or max(map(len, data.split(b"\n"))) <= LONGEST_ROW
        if short and b"\\u0000" not in data:
            try:
                rows: list[Row | Mended | str] = self._decoder.decode_lines(data)
            except NOT_JSON:
                rows = []
            if len(rows) == block.rows:
                return rows
        return list(self._one_by_one(block))

    def _one_by_one(self, block: Block) -> "Iterator[Row | Mended | str]":
        for line in block.data.split(b"\n")[: block.rows]:
            if len(line) > LONGEST_ROW:
                yield "too-long"
            else:
                row = self._one(line)
                yield "nul" if b"\\u0000" in line and _has_nul(row) else row

    def _one(self, line: bytes) -> "Row | Mended | str":
        try:
            row: Row = self._decoder.decode(line)
        except msgspec.ValidationError:
            pass
        except NOT_JSON:
            return "json"
        else:
            return row
        try:
            return mended(line)
        except msgspec.ValidationError as error:
            return f"shape: {error}"[:200]
        except NOT_JSON:
            return "json"

    def _head(self, columns: int, code: str) -> bytes:
        """Return how a row begins: its number of columns, the code's year, the code."""
        place = place_of(code)
        if place is None:
            _refuse("code")
        if place.member != self.top:
            _refuse("foreign")
        known = code.encode()
        return _place_head(columns, 2, place.year, len(known)) + known

    def _tail(self, words: str, who: str) -> bytes:
        """Return how a status ends: the hash of its texts, whose and when told, the texts."""
        texts = _text(words) + _text(who)
        detail = blake2b(texts, digest_size=8).digest() if words or who else bytes(8)
        if len(self._tails) > _MOST_KEPT:
            self._tails.clear()
        tail = self._tails[words, who] = _size(8) + detail + self._end + texts
        return tail

    def _dossier(self, row: Dossier, marks: int, into: Batch) -> None:
        """Add a dossier; ``marks`` name what of it could not be read."""
        head, as_of = self._head(20, row.code), _micros(row.as_of)
        if not _EARLIEST < as_of < _LATEST:
            _refuse("time")
        told = (row.filed_at, row.received_at, row.due_at, row.done_at, row.returned_at)
        known = [None if at is None else _micros(at) for at in told]
        for number, micros in enumerate(known):
            if micros is not None and not _EARLIEST < micros < _LATEST:
                known[number], marks = None, marks | FIELDS[MOMENTS[number]]
        filed, received = known[:2]
        since = as_of if received is None else received
        since = since if filed is None else filed
        about = self._abouts.get((row.procedure, row.title, row.agency)) or self._about(row)
        content = b"".join(
            (
                _dossier_body(8, since, 2, row.kind, 2, row.channel),
                *[_NULL if micros is None else _moment(8, micros) for micros in known],
                self._person(row.person, marks),
                about,
                _text(row.applicant),
            )
        )
        (mark,) = _mark(blake2b(content, digest_size=8).digest())
        whole = head + _dossier_version(8, as_of, 8, mark) + content + self._end
        into.add_dossier(row.code, as_of, mark, whole)

    def _about(self, row: Dossier) -> bytes:
        if len(self._abouts) > _MOST_KEPT:
            self._abouts.clear()
        about = _text(row.procedure) + _text(row.title) + _text(row.agency)
        self._abouts[row.procedure, row.title, row.agency] = about
        return about

    def _person(self, given: str, marks: int) -> bytes:
        """Return what is wrong with the applicant's number and the rest, and its hash if right."""
        number = given if given.isdigit() else tidy_number(given)
        if flags := flags_of(number):
            return _flags(2, flags | marks) + _NULL
        return _flags(2, marks) + _size(16) + person_hash(number, key=self.key)


def _has_nul(row: "Row | Mended | str") -> bool:
    held = row.row if isinstance(row, Mended) else row
    told = () if isinstance(held, str) else msgspec.structs.astuple(held)
    return any("\0" in each for each in told if isinstance(each, str))


def _text(text: str) -> bytes:
    known = text.encode()
    return _size(len(known)) + known


def _micros(at: datetime) -> int:
    """Return the microseconds since 2000; whole numbers are quicker than ``timestamp()``."""
    passed = at - _SINCE
    return (passed.days * 86400 + passed.seconds) * 10**6 + passed.microseconds
