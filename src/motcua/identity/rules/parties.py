"""People and organisations that have no account: how they are told apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from stdnum.vn import mst

from motcua.identity.rules.persons import (
    BIRTH_DATE_WRONG,
    EARLIEST,
    NAME_NEEDED,
    Problem,
    digits_of,
    phone_of,
)
from motcua.kernel.folding import fold
from motcua.kernel.folding import tidy as one_line
from motcua.kernel.personal_id import FLAW_MESSAGES, Flaw, flaw_in
from motcua.kernel.text import N_

TAX_CODE_WRONG = N_("Check the tax code: it has 10 digits, or 13 for a branch, and one is wrong.")
ORGANISATION_NEEDED = N_("Enter the full name of the organisation, as on its certificate.")
PARTY_PHONE_WRONG = N_("Enter a phone number that can be called, or leave it empty.")

_PERSONAL = 12
_TAX = re.compile(r"[0-9]{10}(?:[0-9]{3})?")


class PartyKind(StrEnum):
    """A human being or an organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Principal:
    """
    Somebody in whose name another acts, as typed or as read from their papers.

    ``number`` is the personal id of a person, the tax code of an organisation.
    """

    kind: PartyKind
    number: str
    name: str
    born: date | None = None
    phone: str = ""


def kept_number(typed: str, kind: PartyKind) -> str:
    """Return a personal id or a tax code in the one form in which it is compared and kept."""
    digits = digits_of(typed)
    if kind is PartyKind.ORGANISATION and len(digits) == 13:
        return f"{digits[:10]}-{digits[10:]}"
    return digits


def tidy_principal(typed: Principal) -> Principal:
    """Return ``typed`` in the one form in which it is compared and kept."""
    return replace(
        typed,
        number=kept_number(typed.number, typed.kind),
        name=" ".join(one_line(typed.name).split()),
        phone=phone_of(typed.phone) or typed.phone.strip(),
    )


def problems_of_principal(principal: Principal, *, on: date) -> Iterator[Problem]:
    """Yield everything wrong with a tidied principal, in the order in which it is asked."""
    if principal.kind is PartyKind.PERSON:
        yield from _problems_of_person(principal, on=on)
    else:
        if not is_organisations(principal.number):
            yield Problem("number", TAX_CODE_WRONG)
        if not 2 <= len(principal.name) <= 200:
            yield Problem("name", ORGANISATION_NEEDED)
    if principal.phone and phone_of(principal.phone) != principal.phone:
        yield Problem("phone", PARTY_PHONE_WRONG)


def is_organisations(number: str) -> bool:
    """
    Tell whether a number can be the tax code of an organisation.

    A household's business has had the personal id of its head for one since 2025-07-01.
    """
    digits = digits_of(number)
    if len(digits) == _PERSONAL:
        return flaw_in(digits) is None
    return bool(_TAX.fullmatch(digits)) and bool(mst.is_valid(digits))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one, however their accents, case and spaces are typed."""
    return fold(one) == fold(other)


def _problems_of_person(principal: Principal, *, on: date) -> Iterator[Problem]:
    flaw = flaw_in(principal.number)
    if flaw is not None:
        yield Problem("number", FLAW_MESSAGES[flaw])
    name = principal.name
    if not 2 <= len(name) <= 200 or any(c.isdigit() for c in name):
        yield Problem("name", NAME_NEEDED)
    born = principal.born
    if born is None or not EARLIEST <= born <= on:
        yield Problem("born", BIRTH_DATE_WRONG)
    elif flaw is None and flaw_in(principal.number, birth_date=born):
        yield Problem("born", FLAW_MESSAGES[Flaw.BIRTH_YEAR])
