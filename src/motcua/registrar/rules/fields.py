"""What stands at a place of a record (``residence.detail``), and the record with it put right."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.registrar.rules.qcvn109 import BLOODS, MARRIAGES, SEXES
from motcua.registrar.rules.values import Insured
from motcua.registries.queries.answers import Enterprise, Parcel, Person, TaxAccount

NAMES: Mapping[type[Any], frozenset[str]] = {
    Person: frozenset({"id"}),
    Parcel: frozenset({"unit", "sheet", "number"}),
    Enterprise: frozenset({"tax_code"}),
    TaxAccount: frozenset({"tax_code", "holder"}),
    Insured: frozenset({"id"}),
}
"""What names a record, and therefore never changes by a request."""
CODES: Mapping[type[Any], Mapping[str, tuple[str, ...]]] = {
    Person: {"sex": tuple(SEXES), "marriage": tuple(MARRIAGES), "blood": tuple(BLOODS)},
    Enterprise: {
        "kind": ("llc1", "llc2", "joint-stock", "private", "partnership", "household"),
        "state": ("active", "suspended", "dissolved"),
    },
    TaxAccount: {"state": ("active", "suspended", "closed")},
    Insured: {"state": ("paying", "paused", "retired")},
}
"""Which fields of a record hold codes, and which codes."""
COUNTRIES = frozenset({"nationality", "country"})
"""Fields that hold the two letters of a country."""
NEVER_EMPTY = frozenset({"family", "given", "name", "ethnicity"})
FIXED = frozenset({"kin"})
"""Parts of a record that say who somebody is to it."""


class NoSuchField(Invalid):
    code = "registrar.no-such-field"
    message = N_("“{field}” cannot be put right like this. Name a field that the register told.")


class NotSuchAValue(Invalid):
    code = "registrar.not-such-a-value"
    message = N_("This cannot stand here. Choose a value of the list, or write it as shown.")


@dataclass(frozen=True, slots=True)
class Piece:
    """
    One simple value of a record: where it stands and what it says, as text.

    ``codes`` are all it may say, where it holds a code; ``is_day`` tells that it holds a day.
    """

    path: str
    says: str
    codes: tuple[str, ...] = ()
    is_day: bool = False


def pieces(record: Any, path: str) -> tuple[Piece, ...]:
    """
    Return what is put right together with a field: all of an address, a name, a registration.

    Nothing, where the field names the record or says nothing that could be put right.

    :raises NoSuchField: if the record has no such field
    """
    place, holder, names = _at(record, path)
    if holder is record and names & NAMES[type(record)]:
        return ()
    kinds = get_type_hints(type(holder))
    codes = CODES.get(type(holder), {})
    found = ((name, getattr(holder, name)) for name in sorted(names - FIXED, key=list(kinds).index))
    return tuple(
        Piece(
            f"{place}.{name}".lstrip("."),
            "" if says is None else str(says),
            codes.get(name, ()),
            is_day=date in (kinds[name], *get_args(kinds[name])),
        )
        for name, says in found
        if not (isinstance(says, tuple) or is_dataclass(says))
    )


def same_there(one: Any, other: Any, path: str) -> bool:
    """Tell whether two versions of a record say the same at a field, with what goes with it."""
    try:
        return pieces(one, path) == pieces(other, path)
    except NoSuchField:
        return False


def changed(record: Any, path: str, right: Mapping[str, str]) -> Any:
    """
    Return the record with what stands at a field put right.

    :param right: what is true, by the paths of `pieces`; what is not named stays
    :raises NoSuchField: if something is named that is none of the field's pieces
    :raises NotSuchAValue: if a piece cannot say this
    """
    said = {piece.path: piece for piece in pieces(record, path)}
    if stray := next((each for each in right if each not in said), None):
        raise NoSuchField(field=stray)
    for each, text in right.items():
        _check(said[each], text)
    _, holder, _ = _at(record, path)
    new = {each.rpartition(".")[2]: text for each, text in right.items() if text != said[each].says}
    try:
        put = msgspec.convert({**msgspec.to_builtins(holder), **new}, type(holder), strict=False)
    except msgspec.ValidationError as problem:
        raise _wrong(next(iter(right), path)) from problem
    return put if holder is record else _with(record, path, put)


def check_codes(record: Any) -> None:
    """
    Let a record hold only codes that its register knows.

    :raises NotSuchAValue: if it holds another one
    """
    for name, codes in CODES.get(type(record), {}).items():
        if getattr(record, name) not in codes:
            raise _wrong(name)
    for name in COUNTRIES & {each.name for each in fields(record)}:
        if not _COUNTRY.fullmatch(getattr(record, name)):
            raise _wrong(name)


_COUNTRY = re.compile(r"[A-Z]{2}")


def _at(record: Any, path: str) -> tuple[str, Any, frozenset[str]]:
    """Return where the values lie that a path means, what holds them, and their names there."""
    first, *rest = path.split(".")
    known = {each.name for each in fields(record)}
    value = getattr(record, first) if first in known else None
    place = first
    if isinstance(value, tuple) and rest and rest[0].isdecimal():
        number, *rest = rest
        place = f"{first}.{number}"
        value = value[int(number) - 1] if 0 < int(number) <= len(value) else None
    if is_dataclass(value):
        names = frozenset(each.name for each in fields(value))
        if len(rest) > 1 or not names.issuperset(rest):
            raise NoSuchField(field=path)
        return place, value, names
    if first not in known or (rest and value is not None):
        raise NoSuchField(field=path)
    return "", record, frozenset({first}) if not rest else frozenset()


def _with(record: Any, path: str, put: Any) -> Any:
    first, *rest = path.split(".")
    value = getattr(record, first)
    if isinstance(value, tuple):
        at = int(rest[0]) - 1
        put = (*value[:at], put, *value[at + 1 :])
    return replace(record, **{first: put})


def _check(piece: Piece, text: str) -> None:
    name = piece.path.rpartition(".")[2]
    if piece.codes and text not in piece.codes:
        raise _wrong(piece.path)
    if name in COUNTRIES and not _COUNTRY.fullmatch(text):
        raise _wrong(piece.path)
    if name in NEVER_EMPTY and not text.strip():
        raise _wrong(piece.path)


def _wrong(path: str) -> NotSuchAValue:
    return NotSuchAValue(problems=[{"at": path, "message": NotSuchAValue.message}])


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
