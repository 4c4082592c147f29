"""
Rows with a value that cannot be read where there may be none: taken without it, and marked.

What a row must have is not touched: without it, it is refused.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from motcua.sync.rules.legacy.texts import moment_in
from motcua.sync.rules.outward import cut
from motcua.sync.rules.rows import Row

__all__ = ["FIELDS", "MOMENTS", "Mended", "fields_in", "mended"]

_LARGEST = 10**14


class Mended(NamedTuple):
    """A row without what could not be read of it, and the marks of what that was."""

    row: Row
    marks: int


class _Read(NamedTuple):
    """What a value is read as, none where it says nothing; ``whole`` where nothing is lost."""

    value: Any
    whole: bool = True


def mended(line: bytes) -> Mended:
    """
    Return the row of a line, without the values that could not be read.

    A moment may be written as the old interface does, a number as a text; null and an empty text
    are no value. A text that is too long is cut, which its ellipsis shows.

    :raises msgspec.ValidationError: if what a row must have is missing or wrong, or a field unknown
    """
    given, marks = msgspec.json.decode(line), 0
    if isinstance(given, dict):
        for name, read in (_OF_STATUS if given.get("k") == "s" else _OF_DOSSIER).items():
            if name not in given:
                continue
            told = given.pop(name)
            found = _Read(None) if told is None or told == "" else read(told)
            if found.value is not None:
                given[name] = found.value
            if not found.whole:
                marks |= FIELDS.get(name, 0)
    return Mended(msgspec.convert(given, Row), marks)


def fields_in(marks: int) -> tuple[str, ...]:
    """Return the fields that marks name."""
    return tuple(name for name, mark in FIELDS.items() if marks & mark)


def _moment(told: Any) -> _Read:
    text = _written(told)
    if text is None:
        return _Read(None, whole=False)
    try:
        return _Read(msgspec.convert(text, _Moment))
    except msgspec.ValidationError:
        pass
    try:
        return _Read(moment_in(text))
    except ValueError:
        return _Read(None, whole=False)


def _written(told: Any) -> str | None:
    """Return a text, or a number as one; none of what is neither, or too large to be meant."""
    if isinstance(told, str):
        return told.strip()
    is_number = isinstance(told, int) and not isinstance(told, bool) and 0 <= told < _LARGEST
    return str(told) if is_number else None


def _number(told: Any, *, most: int) -> _Read:
    text = _written(told) or ""
    good = text.isdecimal() and len(text) == 1 and 1 <= int(text) <= most
    return _Read(int(text)) if good else _Read(None, whole=False)


def _text(told: Any, *, most: int) -> _Read:
    if not isinstance(told, str):
        return _Read(None, whole=False)
    return _Read(cut(told, most), whole=len(told) <= most)


def _words(told: Any, *, most: int) -> _Read:
    """Read a text of a status, which has no marks: what is none is left, so that it is refused."""
    return _Read(cut(told, most) if isinstance(told, str) else told)


_Moment = Annotated[datetime, Meta(tz=True)]
MOMENTS = ("filed_at", "received_at", "due_at", "done_at", "returned_at")
_OF_DOSSIER: dict[str, Callable[[Any], _Read]] = {
    **dict.fromkeys(MOMENTS, _moment),
    "kind": partial(_number, most=4),
    "channel": partial(_number, most=3),
    "title": partial(_text, most=1000),
    "agency": partial(_text, most=40),
    "applicant": partial(_text, most=500),
    "person": partial(_text, most=30),
}
_OF_STATUS: dict[str, Callable[[Any], _Read]] = {
    "words": partial(_words, most=2000),
    "who": partial(_words, most=200),
}
FIELDS = {name: 8 << number for number, name in enumerate(_OF_DOSSIER)}
"""The mark of each field among a dossier's flags; the flags below are those of `rules.persons`."""
