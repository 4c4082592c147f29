"""What a room hands over of one person, to be taken away: tables of plain values, and files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from motcua.kernel.money import Dong

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One table: ``name`` is its file's, ``title`` an English key that says what it holds.

    The rows have the same columns, each a plain value that JSON knows.
    """

    name: str
    title: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file that goes with the tables: its id, and the folder it is put in."""

    id: str
    folder: str


def rows_of(found: Iterable[Any], columns: str = "") -> tuple[Mapping[str, Any], ...]:
    """Return records as rows; of ``columns`` alone, where they are named."""
    wanted = columns.split()
    return tuple(
        {name: plain(getattr(each, name)) for name in wanted or [f.name for f in fields(each)]}
        for each in found
    )


def as_text(text: str) -> str:
    """Return a text as a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.startswith(_RUNS) else text


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: moments in ISO 8601, money as dong, records by name."""
    if is_dataclass(value) and not isinstance(value, Dong | type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return _simple(value)


def _simple(value: Any) -> Any:
    if isinstance(value, Dong):
        return value.amount
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
