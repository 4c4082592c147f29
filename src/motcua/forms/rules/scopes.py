"""The names that a form's fields bring into expressions, with their static types."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import ceil, floor
from typing import Any

from motcua.forms.rules.definition import Field, Form, Kind
from motcua.forms.rules.expressions.bounds import bounds
from motcua.forms.rules.expressions.compiling import compiled
from motcua.forms.rules.expressions.flaws import BadExpression
from motcua.forms.rules.expressions.types import Name, Scope, Type
from motcua.forms.rules.schema import PARTS, parts_of, schema_of_field
from motcua.kernel.personal_id import Sex

_TYPES: Mapping[Kind, Type] = {
    Kind.TEXT: Type.TEXT,
    Kind.LONG_TEXT: Type.TEXT,
    Kind.PHONE: Type.TEXT,
    Kind.EMAIL: Type.TEXT,
    Kind.CHOICE: Type.TEXT,
    Kind.NUMBER: Type.NUMBER,
    Kind.MONEY: Type.NUMBER,
    Kind.DATE: Type.DATE,
    Kind.CHOICES: Type.TEXTS,
    Kind.YES_NO: Type.BOOLEAN,
    Kind.FILES: Type.FILES,
}
_FORMATS: Mapping[str, Type] = {
    "number": Type.NUMBER,
    "money": Type.NUMBER,
    "date": Type.DATE,
    "text": Type.TEXT,
}
_PART_NAMES: Mapping[str, Name] = {
    "birth_date": Name(Type.DATE),
    "sex": Name(Type.TEXT, options=frozenset(each.value for each in Sex)),
    "lat": Name(Type.NUMBER, low=6, high=24),
    "lng": Name(Type.NUMBER, low=101, high=118),
}


@lru_cache(maxsize=512)
def scope_of(form: Form) -> Scope:
    """Return every name that expressions over the whole form may ask."""
    scope: dict[str, Name] = {}
    for field in form.fields:
        scope |= names_of(field, scope)
    return scope


def names_of(field: Field, scope: Scope) -> dict[str, Name]:
    """
    Return the names that a field brings: its own and those of its parts; a note brings none.

    :param scope: the names of the fields before it, which a computed field is made of
    """
    if field.kind is Kind.NOTE:
        return {}
    if field.kind is Kind.COMPUTED:
        return {field.id: _computed(field, scope)}
    if field.rows is not None:
        columns: dict[str, Name] = {}
        for column in field.rows.columns:
            columns |= names_of(column, {**scope, **columns})
        return {field.id: Name(Type.ROWS, columns=columns, high=field.rows.most)}
    if field.kind in PARTS:
        parts = {f"{field.id}.{p}": _PART_NAMES.get(p, Name(Type.TEXT)) for p in parts_of(field)}
        return {field.id: Name(Type.BLOCK), **parts}
    return {field.id: _plain(field)}


def _plain(field: Field) -> Name:
    low, high = _ends(field)
    offered = frozenset(option.value for option in field.options)
    return Name(
        _TYPES[field.kind],
        options=offered if field.kind in (Kind.CHOICE, Kind.CHOICES) else None,
        low=low,
        high=high,
        partial=field.partial,
    )


def _ends(field: Field) -> tuple[int | None, int | None]:
    if field.kind is Kind.CHOICES:
        return None, len(field.options)
    if field.kind is Kind.FILES:
        return None, field.most
    if field.kind not in (Kind.NUMBER, Kind.MONEY):
        return None, None
    schema = schema_of_field(field)
    return floor(schema["minimum"]), ceil(schema["maximum"])


def _computed(field: Field, scope: Scope) -> Name:
    """Return the name of a computed field; one with flaws has the type that its format says."""
    try:
        type_ = compiled(field.value, scope).type
        low, high = bounds(field.value, scope) if type_ is Type.NUMBER else (None, None)
    except BadExpression:
        return Name(_FORMATS.get(field.format, Type.TEXT))
    return Name(
        type_,
        low=None if low is None else floor(low),
        high=None if high is None else ceil(high),
    )


def names_needed(tree: list[Any], *, branch: bool = False) -> Iterator[tuple[str, str, bool]]:
    """
    Yield (type, name, in a branch) of what a tree compares or counts with.

    What it only asks the presence of, or adds up over rows, it does not need. What stands in a
    branch of an ``if`` is needed only where it is shown.
    """
    word, *parts = tree
    if word == "name":
        yield parts[0], parts[1], branch
    elif word == "if":
        for number, part in enumerate(parts):
            yield from names_needed(part, branch=branch or number > 0)
    elif word not in _NOT_NEEDING:
        for part in parts:
            if isinstance(part, list):
                yield from names_needed(part, branch=branch)


_NOT_NEEDING = frozenset(("present", "count", "count_if", "sum", "any", "every"))
