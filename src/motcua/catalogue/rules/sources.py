"""Untrusted files, cut into records: JSON, JSON lines, gzipped or not, or a portal's answer."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from motcua.catalogue.rules.laythutuc import is_laythutuc_record, read_laythutuc_record
from motcua.catalogue.rules.portal import Unreadable, is_portal_record, read_portal_record
from motcua.catalogue.rules.readings import Reading, Trouble

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes; the longest real record is under 200,000."""
LARGEST_WHOLE = 256 * 1024 * 1024
"""Bytes of a file that is one JSON value and has to be held whole."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Found:
    """One record, read: ``original`` is all of it, as JSON text; ``place`` is where it stood."""

    place: str
    original: str
    reading: Reading
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of a file that is not a record we can read, and why."""

    place: str
    why: str


def records_in(stream: BinaryIO) -> Iterator[Found | Lost]:
    """
    Return each record of a file, read or lost; never raises for what the file contains.

    The stream has to be seekable: its shape is recognised by looking, not by its name.
    """
    plain: BinaryIO = stream
    if stream.read(2) == _GZIP:
        stream.seek(0)
        plain = io.BufferedReader(gzip.GzipFile(fileobj=stream))
    else:
        stream.seek(0)
    try:
        yield from _records(plain)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Lost("end of file", f"the compressed file is damaged: {error}")


def _records(stream: BinaryIO) -> Iterator[Found | Lost]:
    first = stream.readline(LONGEST_LINE + 1)
    second = stream.readline(LONGEST_LINE + 1) if first.endswith(b"\n") else b""
    if not second.strip() or not _is_value(first):
        whole = first + second + stream.read(LARGEST_WHOLE + 1 - len(first) - len(second))
        if len(whole) > LARGEST_WHOLE:
            yield Lost("file", "larger than 256 MB without being JSON lines")
            return
        if _is_value(whole):
            yield from _values(json.loads(_decoded(whole)), "record")
            return
        stream = io.BytesIO(whole)
        first = stream.readline(LONGEST_LINE + 1)
        second = stream.readline(LONGEST_LINE + 1)
    yield from _lines(first, second, stream)


def _lines(first: bytes, second: bytes, stream: BinaryIO) -> Iterator[Found | Lost]:
    line, following, number = first, [second], 0
    while line:
        number += 1
        if len(line) > LONGEST_LINE:
            yield Lost(f"line {number}", "longer than 16 MB")
            while line and not line.endswith(b"\n"):
                line = following.pop() if following else stream.readline(LONGEST_LINE + 1)
        elif line.strip():
            yield from _line(line, f"line {number}")
        line = following.pop() if following else stream.readline(LONGEST_LINE + 1)


def _line(line: bytes, place: str) -> Iterator[Found | Lost]:
    try:
        value = _parsed(line)
    except ValueError as error:
        yield Lost(place, str(error))
        return
    yield from _values(value, place)


def _is_value(raw: bytes) -> bool:
    try:
        _parsed(raw)
    except ValueError:
        return False
    return True


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from None


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(_decoded(raw), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"not JSON: {name} is not a value")


def _values(value: Any, place: str) -> Iterator[Found | Lost]:
    """Unwrap lists and answers (``{"result": [...]}``) down to records."""
    if isinstance(value, dict) and isinstance(value.get("result"), list | dict):
        value = value["result"]
    if isinstance(value, list):
        for i, record in enumerate(value, 1):
            yield _record(record, f"{place} {i}")
    else:
        yield _record(value, place)


def _record(record: Any, place: str) -> Found | Lost:
    if not isinstance(record, dict):
        return Lost(place, "not a record: a JSON object is expected")
    try:
        if is_portal_record(record):
            reading, troubles = read_portal_record(record)
        elif is_laythutuc_record(record):
            reading, troubles = read_laythutuc_record(record)
        else:
            return Lost(place, "no field names we know: neither ma_thu_tuc nor MATTHC")
    except Unreadable as error:
        return Lost(place, str(error))
    return Found(place, _as_text(record), reading, troubles)


def _as_text(record: dict[str, Any]) -> str:
    """Write a record so that any database can keep it; half characters stay escaped."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(record, sort_keys=True)
    return text
