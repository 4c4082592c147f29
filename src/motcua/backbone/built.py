"""
Questions to the database whose text is built once, though they are written as querysets.

Django builds the text of a query anew each time, and the server plans it anew: of a list that is
asked for on every page, that takes longer than reading it. ``Built`` lets a function ask once with
stand-ins for its values and keeps the text, which each connection then prepares once. What is the
same each time stands in the text, so that partial indexes are used also by plans kept for good.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.sql import Literal

from motcua.backbone.database.base import DatabaseWrapper
from motcua.backbone.database.reading import reading

Asking = Callable[..., Any]
Rows = list[tuple[Any, ...]]
Told = Callable[[Rows], list[Any]]
MOST_SHAPES = 500
"""How many texts one question keeps; more shapes than that are built again."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The text of a question, which of the values go where, and what becomes of its rows."""

    text: str
    places: tuple[int, ...]
    told: Told


class Built:
    """
    A question: ``ask(*values, **shape)`` returns the queryset of it, or what ``aggregate`` gives.

    ``values`` are texts, numbers, moments and UUIDs, and stand in conditions as they are; what
    else tells one question from another is its shape. A queryset is one of ``values_list``; its
    rows come back with attributes by these names. It is read where the room of ``ask`` reads.
    """

    def __init__(self, ask: Asking) -> None:
        self.ask = ask
        self.room = ask.__module__.split(".")[1]
        self._known: dict[Hashable, _Known] = {}

    def rows(self, *values: Any, **shape: Any) -> list[Any]:
        """Return the rows, each with its columns by name (one statement)."""
        known = self._of(values, shape)
        with reading(self.room).prepared_cursor() as cursor:
            cursor.execute(known.text, [values[place] for place in known.places])
            return known.told(cursor.fetchall())

    def first(self, *values: Any, **shape: Any) -> Any:
        """Return the first row, if there is one (one statement)."""
        return next(iter(self.rows(*values, **shape)), None)

    def _of(self, values: tuple[Any, ...], shape: dict[str, Hashable]) -> _Known:
        key = tuple(shape.values())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            known = self._known[key] = self._build(values, shape)
        return known

    def _build(self, values: tuple[Any, ...], shape: dict[str, Hashable]) -> _Known:
        stand_ins = [_stand_in(value, n) for n, value in enumerate(values)]
        text, given, told = _asked(lambda: self.ask(*stand_ins, **shape), reading(self.room))
        places = []
        parts = iter(given)

        def written(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%%"
            value = next(parts)
            if value in stand_ins:
                places.append(stand_ins.index(value))
                return "%s"
            return _literal(value)

        text = re.sub(r"%%|%s", written, text)
        return _Known(text, tuple(places), told)


_STAND_IN = "stand-in"
_STAND_INS = 7_919_000_000


class _Heard(Exception):
    """What a function asked the database."""


def _asked(
    ask: Callable[[], Any], connection: DatabaseWrapper
) -> tuple[str, tuple[Any, ...], Told]:
    """Return the text a question comes to, with its values, and what becomes of its rows."""

    def hear(_execute: object, text: str, given: tuple[Any, ...], *_: object) -> NoReturn:
        raise _Heard(text, given)

    logged, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        with connection.execute_wrapper(hear):
            return _text_of(ask())
    except _Heard as heard:
        return heard.args[0], heard.args[1], list
    finally:
        connection.force_debug_cursor = logged


def _text_of(found: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...], Told]:
    query = found.query
    compiler = query.get_compiler(found.db)
    text, given = compiler.as_sql()
    columns = (*query.extra_select, *query.values_select, *query.annotation_select)
    make: Told = namedtuple("Row", columns, rename=True)._make  # type: ignore[attr-defined]  # noqa: PYI024
    converters = compiler.get_converters([each for each, _, _ in compiler.select])
    if not converters:
        return text, given, lambda rows: [make(row) for row in rows]
    return text, given, lambda rows: [make(r) for r in compiler.apply_converters(rows, converters)]


def _stand_in(value: Any, number: int) -> Any:
    """Return what a function asks by instead of a value: of its type, and nothing else's value."""
    match value:
        case str():
            return f"{_STAND_IN} {number}"
        case datetime():
            return datetime(1000 + number, 1, 1, tzinfo=UTC)
        case UUID():
            return UUID(int=_STAND_INS + number)
        case int():
            return _STAND_INS + number
        case _:
            raise TypeError(type(value))


def _literal(value: Any) -> str:
    """
    Return a constant of a question as it stands in the text.

    :raises TypeError: if it was made of a value, which would be forgotten
    """
    if (
        isinstance(value, datetime | UUID)
        or _STAND_IN in str(value)
        or str(_STAND_INS)[:-2] in str(value)
    ):
        raise TypeError(f"ask by values as they are given, not by what is made of them: {value!r}")
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection).replace("%", "%%")
