"""Who reads now: a request, what it must see at least, and whether it wrote."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")


def position_of(text: str) -> int:
    """Return a position in the write-ahead log, ``16/B374D848``, as a number of bytes."""
    high, _, low = text.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


@dataclass(slots=True)
class Reader:
    """
    A request: what it must see at least, whether it wrote, whether its reads may lag.

    ``after`` is a position in the primary's log; ``database`` is chosen at the first read.
    """

    after: int = 0
    wrote: bool = False
    may_lag: bool = False
    database: str = ""


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def reader(after: str = "") -> Iterator[Reader]:
    """
    Read for one request.

    :param after: the position in the log of what this reader wrote last, as ``x/y`` in
        hexadecimal; anything else is taken for nothing
    """
    now = Reader(after=position_of(after) if _POSITION.fullmatch(after) else 0)
    token = _reader.set(now)
    try:
        yield now
    finally:
        _reader.reset(token)


def reader_now() -> Reader | None:
    """Return the reader of the request under way; ``None`` outside of one."""
    return _reader.get()


def wrote() -> None:
    """Note that this request writes: from here on it reads the primary."""
    now = _reader.get()
    if now is not None:
        now.wrote = True
