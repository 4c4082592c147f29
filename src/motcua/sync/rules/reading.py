"""
A body as blocks of whole rows, unpacked as it is read: never more than a few megabytes in memory.

Blocks begin where the number of their first row in the stream is a multiple of `BLOCK_ROWS`, so
that the same rows make the same blocks however they were cut into messages.
"""

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.reading import NOT_JSON
from motcua.kernel.text import N_

__all__ = [
    "BLOCK_ROWS",
    "LONGEST_ROW",
    "Block",
    "CutShort",
    "NotUnpackable",
    "TooLarge",
    "UnknownEncoding",
    "blocks_of",
    "pieces_of",
]

BLOCK_ROWS = 4096
BLOCK_BYTES = 4 << 20
LONGEST_ROW = 1 << 20
"""Bytes of the longest row; what is longer is refused without being held."""
PIECE = 1 << 18
MOST_RATIO = 200
"""How many times its packed size a body may be, beyond the first few megabytes."""
EXAMPLE = 400
_FREE = 8 << 20
_GZIP = 31
MOST_EMPTY = 64
"""Packed members that may hold nothing; some packers end with one."""


class UnknownEncoding(Invalid):
    code = "sync.unknown-encoding"
    message = N_("Send the rows plain or with Content-Encoding gzip; “{encoding}” is not read.")


class NotUnpackable(Invalid):
    code = "sync.not-gzip"
    message = N_("The body says it is gzip, but cannot be unpacked. Pack it again and resume.")


class CutShort(Invalid):
    code = "sync.cut-short"
    message = N_("The packed body ends too early. Ask for the cursor and resume from there.")


class TooLarge(Invalid):
    code = "sync.too-large"
    message = N_(
        "The body unpacks to more than is taken in one message. Split it, and resume from the "
        "cursor."
    )


class Block(NamedTuple):
    """
    Rows that follow each other: the number of the first, how many, and their lines.

    Of a row ``too_long`` to be held, ``data`` is only how it begins.
    """

    first: int
    rows: int
    data: bytes
    too_long: bool = False


def pieces_of(body: BinaryIO, *, encoding: str, most: int) -> Iterator[bytes]:
    """
    Yield a body unpacked, in pieces of some 256 kB.

    :param most: the most bytes it may unpack to
    :raises UnknownEncoding: if it is neither plain nor gzip
    :raises NotUnpackable: if it is not gzip although it says so, or most of it packs nothing
    :raises CutShort: after its last piece, if the gzip ends too early
    :raises TooLarge: if it is larger, or a bomb
    """
    match encoding:
        case "" | "identity":
            yield from _plain(body, most)
        case "gzip":
            yield from _unpacked(body, most)
        case _:
            raise UnknownEncoding(encoding=encoding[:40])


def blocks_of(pieces: Iterator[bytes], *, first: int) -> Iterator[Block]:
    """
    Yield the rows as blocks; what follows the last line end is a row only if it is a whole object.

    :param first: the number that the first row has in the stream
    """
    held, lines, begun, row = b"", 0, b"", first
    for piece in pieces:
        if begun:
            piece, ended = _after_line(piece)  # noqa: PLW2901 (what is left of it)
            if not ended:
                continue
            yield Block(row, 1, begun, too_long=True)
            row, begun = row + 1, b""
        seen = len(held), lines
        held, lines = held + piece, lines + piece.count(b"\n")
        while end := _end_of_block(held, row, lines, seen):
            yield (block := _block(row, held[:end]))
            held, row = held[end:], row + block.rows
            lines, seen = lines - block.rows, (0, 0)
        start = held.rfind(b"\n") + 1
        if len(held) - start > LONGEST_ROW:
            if start:
                yield (block := _block(row, held[:start]))
                row += block.rows
            held, lines, begun = b"", 0, held[start : start + EXAMPLE]
    if rest := _whole_lines(held):
        yield _block(row, rest)


def _block(row: int, data: bytes) -> Block:
    return Block(row, data.count(b"\n"), data)


def _whole_lines(held: bytes) -> bytes:
    """Return the rows of what is held at the end; half an object is none."""
    start = held.rfind(b"\n") + 1
    try:
        msgspec.json.decode(held[start:])
    except NOT_JSON:
        return held[:start]
    return held + b"\n"


def _end_of_block(held: bytes, row: int, lines: int, seen: tuple[int, int]) -> int:
    """
    Return where the first block in what is held ends, 0 if it does not end there.

    :param lines: how many lines are held
    :param seen: how many bytes and lines are known not to end it
    """
    wanted = BLOCK_ROWS - row % BLOCK_ROWS
    end = held.find(b"\n", BLOCK_BYTES) + 1
    if lines < wanted:
        return end
    start, before = seen
    full = len(held) - len(held[start:].split(b"\n", wanted - before)[-1])
    return min(full, end) if end else full


def _after_line(piece: bytes) -> tuple[bytes, bool]:
    """Return what follows the first line end, and whether there was one."""
    end = piece.find(b"\n") + 1
    return piece[end:], bool(end)


def _plain(body: BinaryIO, most: int) -> Iterator[bytes]:
    read = 0
    while piece := body.read(PIECE):
        read += len(piece)
        if read > most:
            raise TooLarge
        yield piece


def _unpacked(body: BinaryIO, most: int) -> Iterator[bytes]:
    packed = read = 0
    members = _Members()
    while raw := body.read(PIECE):
        packed += len(raw)
        for piece in _joined(members.unpack(raw)):
            read += len(piece)
            if read > most or read > _FREE + packed * MOST_RATIO:
                raise TooLarge
            yield piece
    if not members.ended:
        raise CutShort


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what many small pieces are together: each piece costs what is held of its row."""
    small: list[bytes] = []
    size = 0
    for piece in pieces:
        small.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(small)
            small, size = [], 0
    if small:
        yield b"".join(small)


class _Members:
    """What gzip packed, one member after another; ``ended`` tells whether the last is whole."""

    def __init__(self) -> None:
        self.ended = False
        self._unpacker = zlib.decompressobj(_GZIP)
        self._held = False
        self._empty = 0

    def unpack(self, raw: bytes) -> Iterator[bytes]:
        raw = raw.lstrip(b"\0") if self.ended else raw
        while raw:
            try:
                piece = self._unpacker.decompress(raw, PIECE)
            except zlib.error:
                raise NotUnpackable from None
            if piece:
                self._held = True
                yield piece
            raw, self.ended = self._unpacker.unconsumed_tail, self._unpacker.eof
            if self.ended:
                raw = self._unpacker.unused_data.lstrip(b"\0")
                self._next()

    def _next(self) -> None:
        self._empty += not self._held
        if self._empty > MOST_EMPTY:
            raise NotUnpackable
        self._unpacker, self._held = zlib.decompressobj(_GZIP), False
