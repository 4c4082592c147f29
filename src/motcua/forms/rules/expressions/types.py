"""What expressions may ask about: names and their static types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CASE = "case"
"""The name of the pack's case, a text, in the scopes where the case is known."""


class Type(StrEnum):
    """What kind of value a part of an expression has."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TEXTS = "texts"
    ROWS = "rows"
    FILES = "files"
    BLOCK = "block"


PLAIN = frozenset({Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATE})
"""Types of one value."""
LISTS = frozenset({Type.TEXTS, Type.ROWS, Type.FILES})
"""Types that can be counted."""
IN_WORDS: Mapping[Type, tuple[str, str]] = {
    Type.NUMBER: ("a number", "một số"),
    Type.TEXT: ("a text", "một văn bản"),
    Type.BOOLEAN: ("a condition (true or false)", "một điều kiện (đúng hoặc sai)"),
    Type.DATE: ("a date", "một ngày"),
    Type.TEXTS: ("a list of chosen values", "một danh sách giá trị đã chọn"),
    Type.ROWS: ("a table of rows", "một bảng nhiều dòng"),
    Type.FILES: ("a list of files", "một danh sách tệp"),
    Type.BLOCK: ("a block of several parts", "một khối gồm nhiều phần"),
}
"""How people call a type, in English and Vietnamese."""


@dataclass(frozen=True, slots=True)
class Name:
    """
    What a name stands for.

    :param options: the values that a choice offers
    :param columns: of rows: their columns; parts of blocks are columns too (``person.sex``)
    :param low: the least number a valid answer has, or None
    :param high: the greatest number; of rows, chosen values and files: how many there may be
    :param partial: a date may be a month (``1960-05``) or a year (``1960``)
    """

    type: Type
    options: frozenset[str] | None = None
    columns: "Mapping[str, Name] | None" = field(default=None, hash=False)
    low: int | None = None
    high: int | None = None
    partial: bool = False


Scope = Mapping[str, Name]
"""The names that may be asked; parts of blocks are names of their own, ``father.sex``."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name where it was found; ``column``: of the row an aggregate is at, not of the form."""

    name: Name
    column: bool


def found(name: str, scope: Scope, columns: "Mapping[str, Name] | None") -> Found | None:
    """Return what ``name`` stands for; the ``columns`` of an aggregate's rows come first."""
    if columns and name in columns:
        return Found(columns[name], column=True)
    return Found(scope[name], column=False) if name in scope else None
