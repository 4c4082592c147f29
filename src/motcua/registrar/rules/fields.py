"""A field of a record by its path (``residence.detail``), and the record with it changed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

FIXED = frozenset({"id", "tax_code", "unit", "sheet", "number", "holder"})
"""What names a record, and therefore never changes by a request."""


class NoSuchField(Invalid):
    code = "registrar.no-such-field"
    message = N_("“{field}” cannot be put right like this. Name a field that the register told.")


class NotSuchAValue(Invalid):
    code = "registrar.not-such-a-value"
    message = N_("“{wished}” is no value of this field: {problem}")


def changed(record: Any, path: str, wished: str) -> Any:
    """
    Return the record with one field as somebody wishes it.

    :raises NoSuchField: if it has no such simple field, or it names the record
    :raises NotSuchAValue: if the field does not take what is wished
    """
    first, _, rest = path.partition(".")
    known = {f.name for f in fields(record)} if is_dataclass(record) else frozenset[str]()
    if first not in known or (not rest and first in FIXED):
        raise NoSuchField(field=path)
    if rest:
        return replace(record, **{first: changed(getattr(record, first), rest, wished)})
    return _with(record, first, wished)


def at_path(record: Any, path: str) -> Any:
    """Return what a field of a record says, ``None`` where it says nothing."""
    for name in path.split("."):
        record = getattr(record, name, None)
    return record


def _with(record: Any, name: str, wished: str) -> Any:
    facts = msgspec.to_builtins(record)
    if isinstance(facts[name], dict | list):
        raise NoSuchField(field=name)
    try:
        return msgspec.convert({**facts, name: wished}, type(record), strict=False)
    except msgspec.ValidationError as problem:
        raise NotSuchAValue(wished=wished, problem=str(problem)) from problem


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every simple field that has a value, with its path, in the order they are declared."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from flat(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value, start=1):
            yield from flat(each, f"{path}.{number}")
    elif value not in (None, ""):
        yield path, str(value)
