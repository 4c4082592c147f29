"""From a record of a register to the answer of a question."""

from collections.abc import Iterable
from datetime import date, timedelta

from motcua.registrar.rules.values import Insured
from motcua.registries.queries.answers import (
    Card,
    Contributions,
    Family,
    Member,
    Membership,
    Obligations,
    Period,
    Person,
    Relative,
    Residence,
    TaxAccount,
)


def family_of(person: Person, children: Iterable[Person]) -> Family:
    """Return a person's parents and spouse as their record names them, then their children."""
    near = [each for each in (person.father, person.mother, person.spouse) if each is not None]
    young = sorted(children, key=lambda child: (child.birth_date, child.id))
    near += [Relative("child", each.id, str(each.name), each.birth_date) for each in young]
    return Family(person.id, tuple(near))


def residence_of(person: Person, household: Iterable[Person]) -> Residence:
    """Return where a person lives, and who else of the household does, the eldest first."""
    members = sorted(household, key=lambda each: (each.birth_date, each.id))
    return Residence(
        person.id,
        person.residence,
        person.current,
        person.household,
        tuple(
            Member(relation_to(person, each), each.id, str(each.name))
            for each in members
            if each.died is None
        ),
    )


def relation_to(person: Person, other: Person) -> str:
    """Return what ``other`` is to ``person``: self, father, mother, spouse, child or other."""
    if other.id == person.id:
        return "self"
    for relative in (person.father, person.mother, person.spouse):
        if relative is not None and relative.id == other.id:
            return relative.kin
    parents = (other.father, other.mother)
    return "child" if any(p is not None and p.id == person.id for p in parents) else "other"


def obligations_on(account: TaxAccount, day: date) -> Obligations:
    """Return what is owed; it is settled where nothing was due by ``day``."""
    due = any(debt.due_on <= day for debt in account.debts)
    return Obligations(account.tax_code, not due, account.debts)


def membership_of(insured: Insured, _day: date) -> Membership:
    """Return a person's part in social insurance."""
    return Membership(insured.id, insured.number, insured.state, insured.since, insured.employer)


def card_on(insured: Insured, day: date) -> Card | None:
    """Return the health-insurance card that is valid on ``day``, if there is one."""
    return next((c for c in insured.cards if c.valid_from <= day <= c.valid_to), None)


def contributions_until(insured: Insured, day: date) -> Contributions:
    """Return the months paid for until ``day``; a month counts once, however many paid."""
    periods = tuple(
        Period(each.first, min(each.last, day), each.employer, each.wage)
        for each in insured.periods
        if each.first <= day
    )
    return Contributions(insured.id, insured.number, len(months_of(periods)), periods)


def months_of(periods: Iterable[Period]) -> set[tuple[int, int]]:
    """Return the months, as year and month, that lie in ``periods``."""
    months = set()
    for period in periods:
        day = period.first.replace(day=1)
        while day <= period.last:
            months.add((day.year, day.month))
            day = (day + timedelta(days=32)).replace(day=1)
    return months
