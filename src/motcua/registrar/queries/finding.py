"""Records that a member looks for by what it knows of them: few at a time, and little of each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from motcua.kernel.errors import Invalid
from motcua.kernel.folding import fold
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registrar.models import TABLES, Record
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.registers import BOOKS
from motcua.registries.queries.answers import (
    EnterpriseFound,
    EnterprisesFound,
    Fact,
    ParcelFound,
    ParcelsFound,
    PersonFound,
    PersonsFound,
    Source,
)
from motcua.registries.queries.finding import (
    MOST_FOUND,
    EnterprisesNamed,
    Finding,
    ParcelsAt,
    PersonsNamed,
)
from motcua.registries.queries.questions import Answer, NotKnown

SHORTEST = 3


class TooVague(Invalid):
    code = "registrar.too-vague"
    message = N_(
        "Too little to look for: a whole name of two words, or three letters of an address or of "
        "an enterprise's name."
    )


@for_rooms
def found_for(
    question: Finding[Fact], *, on: date
) -> tuple[Answer[Fact] | NotKnown, tuple[str, ...]]:
    """
    Return what a register finds, and the keys of what it told, for the looks of whom they are.

    One statement. At most `MOST_FOUND` records are told, in the order of their names.

    :raises TooVague: if what is looked for is not said closely enough
    :raises NoSuchRegister: if it is not kept here
    """
    day = question.as_of or on
    owner, register = owner_of(question.register), question.register
    rows = TABLES[register].objects.true_on(day).filter(**_wanted(question))
    read: list[Record] = list(rows.order_by("folded", "key")[: MOST_FOUND + 1])
    shown, more = read[:MOST_FOUND], len(read) > MOST_FOUND
    if not shown:
        return NotKnown(owner, register, day), ()
    values = [msgspec.convert(row.facts, BOOKS[register].keeps) for row in shown]
    since = max(row.valid_from for row in shown)
    told = Answer(_told(question, values, more=more), Source(owner, register, day, since))
    return told, tuple(row.key for row in shown)


def _wanted(question: Finding[Fact]) -> dict[str, Any]:
    match question:
        case PersonsNamed():
            name = fold(question.name)
            if " " not in name:
                raise TooVague
            return {"folded": name, "facts__birth_date": question.birth_date.isoformat()}
        case ParcelsAt():
            if not question.unit.isdigit() or len(question.address.strip()) < SHORTEST:
                raise TooVague
            words = question.address.strip()
            return {"key__startswith": f"{question.unit}-", "facts__address__icontains": words}
        case EnterprisesNamed():
            name = fold(question.name)
            if len(name) < SHORTEST:
                raise TooVague
            return {"folded__contains": name}
        case _:
            raise TypeError(type(question))


def _told(question: Finding[Fact], values: Iterable[Any], *, more: bool) -> Fact:
    match question:
        case PersonsNamed():
            persons = (PersonFound(x.id, str(x.name), x.sex, x.birth_date) for x in values)
            return PersonsFound(tuple(persons), more)
        case ParcelsAt():
            parcels = (ParcelFound(x.unit, x.sheet, x.number, x.address) for x in values)
            return ParcelsFound(tuple(parcels), more)
        case _:
            firms = (EnterpriseFound(x.tax_code, x.name, x.state, x.address.unit) for x in values)
            return EnterprisesFound(tuple(firms), more)
