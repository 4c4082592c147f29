"""
Statements of the hot paths: their text is built once, and each connection prepares it once.

Django builds the text of a statement anew each time, which takes longer than running it. Where a
request does little else (file, take a step, read one), a model's rows are read and written by
these instead; everything else stays with querysets. The columns are always the model's own, so a
new column needs no change here.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb

from motcua.backbone.database.base import DatabaseWrapper

M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)
Value = Callable[[Any], Any]
"""What makes an instance's value a parameter."""

_NOTHING: tuple[Any, ...] = ()
_encode = msgspec.json.encode
_decode = msgspec.json.decode


def json_value(value: Any) -> Jsonb:
    """Return a value as a parameter of type ``jsonb``."""
    return Jsonb(value, dumps=_encode)


class Statement:
    """One statement with ``%s`` for its values; rows come back as tuples."""

    def __init__(self, text: str) -> None:
        self.text = text

    def all(self, *values: Any) -> list[tuple[Any, ...]]:
        """Run it and return every row."""
        with _cursor() as cursor:
            cursor.execute(self.text, values)
            return cast("list[tuple[Any, ...]]", cursor.fetchall())

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        """Run it and return the first row, if there is one."""
        with _cursor() as cursor:
            cursor.execute(self.text, values)
            return cast("tuple[Any, ...] | None", cursor.fetchone())

    def run(self, *values: Any) -> int:
        """Run it and return how many rows it changed."""
        with _cursor() as cursor:
            cursor.execute(self.text, values)
            return cast(int, cursor.rowcount)


class Select(Generic[M]):
    """
    Whole rows of a model, as its instances.

    :param rest: what follows ``FROM table``, with ``%s`` for its values
    :param also: expressions of what else is read with each row, for ``first_with``
    """

    def __init__(self, model: type[M], rest: str, *, also: Sequence[str] = ()) -> None:
        self.model = model
        self.rest = rest
        self.also = also

    @cached_property
    def _read(self) -> tuple[Statement, list[str], list[int]]:
        fields = self.model._meta.concrete_fields  # noqa: SLF001
        table = self.model._meta.db_table  # noqa: SLF001
        own = [f'"{table}"."{field.column}"' for field in fields]
        columns = ", ".join([*own, *self.also])
        json = [n for n, field in enumerate(fields) if isinstance(field, JSONField)]
        text = f'SELECT {columns} FROM "{table}" {self.rest}'  # noqa: S608 (our own names)
        return Statement(text), [field.attname for field in fields], json

    def first(self, *values: Any) -> M | None:
        """Return the first row as an instance, if there is one."""
        row = self._read[0].first(*values)
        return None if row is None else self._instance(row)

    def first_with(self, *values: Any) -> tuple[M, Sequence[Any]] | None:
        """Return the first row as an instance, and what else was read with it."""
        row = self._read[0].first(*values)
        if row is None:
            return None
        own = len(row) - len(self.also)
        return self._instance(row[:own]), row[own:]

    def all(self, *values: Any) -> list[M]:
        """Return every row as an instance."""
        return [self._instance(row) for row in self._read[0].all(*values)]

    def _instance(self, row: Sequence[Any]) -> M:
        _, names, json = self._read
        known = list(row)
        for n in json:
            if known[n] is not None:
                known[n] = _decode(known[n])
        return self.model.from_db(DEFAULT_DB_ALIAS, names, known)


class Insert(Generic[M]):
    """Write a new instance of a model and give it its key."""

    def __init__(self, model: type[M]) -> None:
        self.model = model

    def written(self, *, reference: str = "", to: str = "") -> tuple[str, list[Value]]:
        """
        Return the statement up to its key, and what its values are made by.

        :param reference: the field whose value is what the expression ``to`` gives
        """
        meta = self.model._meta  # noqa: SLF001
        fields = [field for field in meta.concrete_fields if not field.primary_key]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        marks = ", ".join(to if field.name == reference else "%s" for field in fields)
        text = (
            f'INSERT INTO "{meta.db_table}" ({columns}) '  # noqa: S608 (our own names)
            f'VALUES ({marks}) RETURNING "{_key(self.model)}"'
        )
        return text, [_value(field) for field in fields if field.name != reference]

    @cached_property
    def _write(self) -> tuple[Statement, list[Value]]:
        text, values = self.written()
        return Statement(text), values

    def __call__(self, instance: M) -> M:
        """Write it (one statement) and return it."""
        statement, values = self._write
        row = statement.first(*[value(instance) for value in values])
        return _as_written(instance, (row or _NOTHING)[0])


class Update(Generic[M]):
    """Write some fields of an instance that is there already."""

    def __init__(self, model: type[M], fields: Iterable[str]) -> None:
        self.model = model
        self.names = list(fields)

    def written(self) -> tuple[str, list[Value]]:
        """Return the statement up to its key, and what its values are made by."""
        meta = self.model._meta  # noqa: SLF001
        known = {field.name: field for field in meta.concrete_fields}
        fields = [known[name] for name in self.names]
        changes = ", ".join(f'"{field.column}" = %s' for field in fields)
        key = _key(self.model)
        text = f'UPDATE "{meta.db_table}" SET {changes} WHERE "{key}" = %s RETURNING "{key}"'  # noqa: S608
        return text, [_value(field) for field in [*fields, meta.pk]]

    @cached_property
    def _write(self) -> tuple[Statement, list[Value]]:
        text, values = self.written()
        return Statement(text), values

    def __call__(self, instance: M) -> None:
        """Write the fields (one statement)."""
        statement, values = self._write
        statement.run(*[value(instance) for value in values])


class Along(Generic[M, N]):
    """
    Write an instance, and with it a new one of another model that refers to it: one statement.

    :param first: what writes the one
    :param then: what writes the other, whose field ``reference`` gets the key of the one
    """

    def __init__(self, first: Insert[M] | Update[M], then: Insert[N], *, reference: str) -> None:
        self.first = first
        self.then = then
        self.reference = reference

    @cached_property
    def _write(self) -> tuple[Statement, list[Value], list[Value]]:
        first, values = self.first.written()
        key = f'(SELECT "{_key(self.first.model)}" FROM first)'  # noqa: S608 (our own names)
        then, others = self.then.written(reference=self.reference, to=key)
        return Statement(f"WITH first AS ({first}) {then}, {key}"), values, others

    def __call__(self, instance: M, other: N) -> M:
        """Write both (one statement) and return the one."""
        statement, values, others = self._write
        made = statement.first(*[v(instance) for v in values], *[v(other) for v in others])
        key, first = made or _NOTHING
        setattr(other, self.reference, _as_written(instance, first))
        _as_written(other, key)
        return instance


def _value(field: "Field[Any, Any]") -> Value:
    """Return what makes an instance's value of a field a parameter; most are one as they are."""
    if isinstance(field, JSONField):
        return lambda instance: _json_or_null(getattr(instance, field.attname))
    return attrgetter(field.attname)


def _json_or_null(value: Any) -> Jsonb | None:
    return None if value is None else json_value(value)


def _as_written(instance: M, key: Any) -> M:
    instance.pk = key
    instance._state.adding = False  # noqa: SLF001 (as Django's own save does)
    return instance


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)  # noqa: SLF001


def _cursor() -> CursorWrapper:
    return cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS]).prepared_cursor()
