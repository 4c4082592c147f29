"""
The text of a pack's file as data, and the line and column at which each part of it stands.

YAML as data only: plain values are those of JSON (no dates, no ``yes``, no octal numbers), nothing
refers to anything else, and neither depth nor size can exhaust the reader. JSON is such YAML too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from motcua.kernel.text import N_

DEEPEST = 24
"""How deep lists and mappings may stand in each other."""
MOST_NODES = 50_000
"""How many values a file may hold."""
LARGEST = 1_000_000
"""A file with more characters than this is not read."""

Path = tuple[str | int, ...]
"""The way to a value from the top of a document: keys and numbers of items."""

TOO_LARGE = N_("This file has more than {most} characters: shorten it")
NOT_YAML = N_("This cannot be read: {problem}")
ALIAS = N_("Write it out instead of *{name}: a pack refers to nothing by & and *")
TAG = N_("Take the tag {tag} out: a pack holds plain values only")
TWICE = N_("The key {key} stands twice: keep one")
KEY = N_("A key must be a plain word")
TOO_DEEP = N_("More than {most} levels stand in each other here: simplify")
TOO_MANY = N_("This file holds more than {most} values: shorten it")
SECOND = N_("A second document begins here: one file holds one")
EMPTY = N_("This file is empty: write it, or take it out")

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


def place_of(text: str, offset: int) -> Place:
    """Return the line and column of a character of a text."""
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - before.rfind("\n"))


class Unreadable(Exception):
    """A text is no data: what is wrong, and where."""

    def __init__(self, place: Place, message: str, **facts: str) -> None:
        super().__init__(message)
        self.place, self.message, self.facts = place, message, facts


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: its beginning, the key before it, and how a text is written."""

    value: Place
    key: Place
    style: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file read: its value, and a `Spot` for every part of it."""

    value: Any
    spots: dict[Path, Spot] = field(default_factory=dict)
    text: str = ""

    TOP: ClassVar[Spot] = Spot(Place(1, 1), Place(1, 1))

    def spot(self, path: Path) -> Spot:
        """Return where ``path`` stands, or the nearest thing around it."""
        while path and path not in self.spots:
            path = path[:-1]
        return self.spots.get(path, self.TOP)

    def place(self, path: Path, *, inside: int = 0) -> Place:
        """
        Return the place of a value; ``inside`` a text, that of its character number ``inside``.

        Exact for a text on one line and for a block with ``|``; else the beginning of the text.
        """
        spot = self.spot(path)
        if path not in self.spots or not inside:
            return spot.key if path not in self.spots else spot.value
        if spot.style == "|":
            return self._in_block(path, spot, inside)
        quoted = 1 if spot.style in ("'", '"') else 0
        return Place(spot.value.line, spot.value.column + quoted + inside - 1)

    def _in_block(self, path: Path, spot: Spot, inside: int) -> Place:
        value: Any = self.value
        for step in path:
            value = value[step]
        before = str(value)[: inside - 1]
        line = spot.value.line + 1 + before.count("\n")
        lines = self.text.splitlines()
        raw = lines[line - 1] if line <= len(lines) else ""
        indent = len(raw) - len(raw.lstrip(" "))
        return Place(line, indent + inside - len(before[: before.rfind("\n") + 1]))


def read_text(text: str) -> Placed:
    """
    Return the data in a text with the place of every part.

    :raises Unreadable: if it is no plain data, or more than anybody would write
    """
    if len(text) > LARGEST:
        raise Unreadable(Place(1, 1), TOO_LARGE, most=str(LARGEST))
    try:
        return _Reader(text).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(_at(mark), NOT_YAML, problem=_plain(error)) from None
    except yaml.YAMLError as error:
        raise Unreadable(Place(1, 1), NOT_YAML, problem=str(error).splitlines()[0]) from None


def _plain(error: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (error.problem, error.context) if part)


def _at(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Reader:
    """Builds values from the events of the parser, with nothing the events do not say."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spots: dict[Path, Spot] = {}
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))

    def read(self) -> Placed:
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise Unreadable(Place(1, 1), EMPTY)
        first = next(self._events)
        value = self._value(first, (), _at(first.start_mark))
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise Unreadable(_at(after.start_mark), SECOND)
        return Placed(value, self._spots, self._text)

    def _value(self, event: Any, path: Path, key: Place) -> Any:
        place = _at(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise Unreadable(place, ALIAS, name=event.anchor)
        if len(path) > DEEPEST:
            raise Unreadable(place, TOO_DEEP, most=str(DEEPEST))
        if len(self._spots) > MOST_NODES:
            raise Unreadable(place, TOO_MANY, most=str(MOST_NODES))
        if event.tag is not None:
            raise Unreadable(place, TAG, tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            self._spots[path] = Spot(place, key, event.style or "")
            return _scalar(event)
        self._spots[path] = Spot(place, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(path)
        return self._mapping(path)

    def _items(self, path: Path) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._value(event, (*path, len(made)), _at(event.start_mark)))
        return made

    def _mapping(self, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = _at(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise Unreadable(place, KEY)
            if event.value in made:
                raise Unreadable(place, TWICE, key=event.value)
            made[event.value] = self._value(next(self._events), (*path, event.value), place)
        return made


def _scalar(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar: a quoted one is text, a plain one what it is in JSON."""
    value: str = event.value
    return value if event.style else plain(value)


def plain(value: str) -> Any:
    """Return what a word without quotes is: true, false, null, a number, or text."""
    if value in _WORDS:
        return _WORDS[value]
    if INTEGER.fullmatch(value):
        return int(value)
    return float(value) if NUMBER.fullmatch(value) else value
