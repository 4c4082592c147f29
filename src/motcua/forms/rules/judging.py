"""What a schema cannot say of a value that fits it: names, numbers with a sense, days, places."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from stdnum.vn import mst

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.exporting import is_drawn
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.messages import (
    IN_FUTURE,
    IN_PAST,
    NAME_WITH_DIGITS,
    NOT_A_PHONE,
    NOT_A_TAX_CODE,
    NOT_DRAWN,
)
from motcua.kernel.personal_id import FLAW_MESSAGES, PROVINCES, flaw_in
from motcua.kernel.phones import e164

_PERSONAL = 12


def flaws_of(
    field: Field, value: Any, at: str, named: frozenset[str], on: date
) -> Iterator[Problem]:
    """
    Yield what is wrong with a value that fits the schema of its field.

    :param at: its place
    :param named: the named checks of the field
    :param on: the day that is today
    """
    if field.kind in _OF_KIND:
        yield from _OF_KIND[field.kind](at, value, on)
    if "name" in named:
        yield from _of_name(at, value)
    if "not_future" in named and value > on.isoformat()[: len(value)]:
        yield Problem(at, IN_FUTURE)
    if "not_past" in named and value < on.isoformat()[: len(value)]:
        yield Problem(at, IN_PAST)


def is_tax_code(code: str | None) -> bool:
    """
    Tell whether ``code`` can be a tax code, or was not given.

    Ten digits of which the last is a check digit, a branch's three more after a hyphen; households
    and persons use their personal number instead (Law 38/2019/QH14 art. 35, Circular 86/2024/TT-BTC
    art. 5).
    """
    if code is None:
        return True
    if len(code) == _PERSONAL:
        return code[:3] in PROVINCES
    return bool(mst.is_valid(code))


def _of_person(at: str, person: Mapping[str, str], on: date) -> Iterator[Problem]:
    yield from _of_name(f"{at}.name", person.get("name", ""))
    born = date.fromisoformat(person["birth_date"]) if "birth_date" in person else None
    if born is not None and born > on:
        yield Problem(f"{at}.birth_date", IN_FUTURE)
    if "id" in person:
        flaw = flaw_in(person["id"], birth_date=born, sex=person.get("sex"))
        if flaw is not None:
            yield Problem(f"{at}.id", FLAW_MESSAGES[flaw])


def _of_phone(at: str, phone: str, _on: date) -> Iterator[Problem]:
    if e164(phone) is None:
        yield Problem(at, NOT_A_PHONE)


def _of_enterprise(at: str, enterprise: Mapping[str, str], _on: date) -> Iterator[Problem]:
    if not is_tax_code(enterprise.get("tax_code")):
        yield Problem(f"{at}.tax_code", NOT_A_TAX_CODE)


def _of_signature(at: str, signature: Mapping[str, str], _on: date) -> Iterator[Problem]:
    yield from _of_name(f"{at}.name", signature["name"])
    if "strokes" in signature and not is_drawn(signature["strokes"]):
        yield Problem(at, NOT_DRAWN)


_OF_KIND: Mapping[Kind, Callable[[str, Any, date], Iterator[Problem]]] = {
    Kind.PHONE: _of_phone,
    Kind.PERSON: _of_person,
    Kind.ENTERPRISE: _of_enterprise,
    Kind.SIGNATURE: _of_signature,
}


def _of_name(at: str, name: str) -> Iterator[Problem]:
    for word in name.split():
        if any(letter.isdigit() for letter in word):
            yield Problem(at, NAME_WITH_DIGITS, {"word": word})
            return
