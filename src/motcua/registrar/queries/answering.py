"""The answers of the registers, as of a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from django.db.models import Q

from motcua.kernel.scope import for_rooms
from motcua.registrar.models import TABLES, Record
from motcua.registrar.models import Person as PersonRow
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.answers import (
    card_on,
    contributions_until,
    family_of,
    membership_of,
    obligations_on,
    residence_of,
)
from motcua.registrar.rules.history import Days
from motcua.registrar.rules.registers import BOOKS
from motcua.registries.queries.answers import Enterprises, Fact, Parcels, Register, Source
from motcua.registries.queries.questions import (
    Answer,
    CardOf,
    ContributionsOf,
    EnterprisesOf,
    FamilyOf,
    MembershipOf,
    NotKnown,
    ObligationsOf,
    ParcelsOf,
    Question,
    ResidenceOf,
)

MOST = 200
"""Records of one person that are told: nobody has more."""


@for_rooms
def answer(question: Question[Fact], *, on: date) -> Answer[Fact] | NotKnown:
    """
    Return what a register says: of the day the question names, else of ``on``.

    At most two statements.

    :raises NoSuchRegister: if it is not kept here
    """
    day = question.as_of or on
    owner, register = owner_of(question.register), question.register
    found = _found(question, day)
    if found is None:
        return NotKnown(owner, register, day)
    value, since = found
    return Answer(value, Source(owner, register, day, since))


@for_rooms
def record_on(register: Register, key: str, *, on: date) -> tuple[Any, date] | None:
    """Return what a register keeps under a key as of a day, and since when it holds."""
    row = TABLES[register].objects.true_on(on).filter(key=key).first()
    return None if row is None else (_value(register, row), row.valid_from)


@for_rooms
def versions_since(register: Register, key: str, day: date) -> tuple[tuple[Days, Any], ...]:
    """Return what a register keeps under a key on a day and after it, oldest first."""
    rows = TABLES[register].objects.believed().filter(key=key)
    after = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("valid_from")
    return tuple((Days(row.valid_from, row.valid_to), _value(register, row)) for row in after)


def _found(question: Question[Fact], day: date) -> tuple[Fact, date] | None:
    if isinstance(question, ParcelsOf | EnterprisesOf):
        return _held(question, day)
    found = record_on(question.register, question.about, on=day)
    if found is None:
        return None
    record, since = found
    shape = _SHAPES.get(type(question))
    value = record if shape is None else shape(record, day)
    return None if value is None else (value, since)


def _held(question: ParcelsOf | EnterprisesOf, day: date) -> tuple[Fact, date] | None:
    register = question.register
    theirs = TABLES[register].objects.true_on(day).filter(persons__contains=[question.id])
    rows = list(theirs.order_by("key")[:MOST])
    if not rows:
        return None
    values = tuple(_value(register, row) for row in rows)
    since = max(row.valid_from for row in rows)
    if isinstance(question, ParcelsOf):
        return Parcels(question.id, values), since
    return Enterprises(question.id, values), since


def _family(person: Any, day: date) -> Fact:
    rows = PersonRow.objects.true_on(day).filter(parents__contains=[person.id])[:MOST]
    return family_of(person, (_value(Register.POPULATION, row) for row in rows))


def _residence(person: Any, day: date) -> Fact:
    rows = PersonRow.objects.true_on(day).filter(household=person.household)[:MOST]
    return residence_of(person, (_value(Register.POPULATION, row) for row in rows))


_SHAPES: dict[type[Question[Fact]], Callable[[Any, date], Fact | None]] = {
    FamilyOf: _family,
    ResidenceOf: _residence,
    ObligationsOf: obligations_on,
    MembershipOf: membership_of,
    CardOf: card_on,
    ContributionsOf: contributions_until,
}
"""How a record becomes the answer, where it is not the answer itself."""


def _value(register: Register, row: Record) -> Any:
    return msgspec.convert(row.facts, BOOKS[register].keeps)
