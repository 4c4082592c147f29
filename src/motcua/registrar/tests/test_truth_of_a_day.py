"""What is told of a day in the past was so on that day: nobody's employer, tax or seat to come."""

from collections import defaultdict
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.registrar.rules.answers import (
    card_on,
    contributions_until,
    membership_of,
    obligations_on,
)
from motcua.registrar.rules.holdings import COOPERATIVE, Holdings
from motcua.registrar.rules.lives import versions_of
from motcua.registrar.rules.town import Town
from motcua.registrar.rules.values import Insured
from motcua.registrar.tests.world import FAMILY, HUONG, TODAY, UNITS
from motcua.registries.queries.answers import TaxAccount

PEOPLE = Town(UNITS, today=TODAY).settle(FAMILY, 1500)
HELD = Holdings(PEOPLE, today=TODAY)
PARCELS = [(each.days, each.value) for each in HELD.parcels()]
FIRMS = [(each.days, each.value) for each in HELD.registered()]
ACCOUNTS = [(each.days, each.value) for each in HELD.taxpayers()]
INSURED = [(each.days, each.value) for each in HELD.insured()]
LIVES = [each for person in PEOPLE for each in versions_of(person, today=TODAY)]
KNOWN_BEFORE = {"due_on", "valid_to", "card_expires_on"}
"""Days that are known before they come."""


def told_on(day):
    """Yield what the registers' questions are answered on a day."""
    for days, value in [*LIVES, *PARCELS, *FIRMS, *ACCOUNTS, *INSURED]:
        if day not in days:
            continue
        if isinstance(value, Insured):
            yield from (membership_of(value, day), contributions_until(value, day))
            yield card_on(value, day)
        else:
            yield value
        if isinstance(value, TaxAccount):
            yield obligations_on(value, day)


def days_in(value):
    """Yield each day that stands somewhere in an answer, with the name of its field."""
    for each in fields(value) if is_dataclass(value) else ():
        found = getattr(value, each.name)
        if isinstance(found, date):
            yield each.name, found
        for part in found if isinstance(found, tuple) else (found,):
            yield from days_in(part)


@settings(max_examples=25)
@given(st.integers(0, 25_000).map(lambda n: TODAY - timedelta(days=n)))
def test_an_answer_as_of_a_day_holds_no_fact_of_a_later_one(day):
    for value in told_on(day):
        for name, found in days_in(value):
            assert name in KNOWN_BEFORE or found <= day, (name, value)


@given(st.integers(0, 600).map(lambda n: TODAY - timedelta(days=n)))
def test_a_tax_account_tells_of_the_year_of_that_day(day):
    for days, account in ACCOUNTS:
        if day in days:
            assert account.year == day.year
            assert {int(debt.period) for debt in account.debts} <= {day.year}


def test_every_day_since_a_record_began_has_one_truth():
    for records, key in ((FIRMS, "tax_code"), (ACCOUNTS, "tax_code"), (INSURED, "id")):
        found = defaultdict(list)
        for days, value in records:
            found[getattr(value, key)].append(days)
        assert max(map(len, found.values())) > 2
        for several in found.values():
            assert several[-1].until is None
            assert all(before.until == after.first for before, after in pairwise(several))


def test_a_child_of_two_is_nobody_s_employee_and_works_later():
    hers = [(days, each) for days, each in INSURED if each.id == HUONG]
    (child,) = [each for days, each in hers if date(1998, 1, 1) in days]
    member = membership_of(child, date(1998, 1, 1))
    assert (member.state, member.employer, child.periods, child.cards) == ("paused", "", (), ())
    assert any(each.state == "paying" and each.employer for _, each in INSURED)


def test_nobody_works_for_a_firm_before_it_is_registered():
    since = {COOPERATIVE: date.min}
    for _, firm in FIRMS:
        since[firm.name] = min(since.get(firm.name, date.max), firm.registered_on)
    for _, each in INSURED:
        assert all(since[period.employer] <= period.first for period in each.periods)


def test_a_firm_was_active_before_it_was_suspended_and_its_tax_account_follows():
    stopped = {firm.tax_code: days.first for days, firm in FIRMS if firm.state == "suspended"}
    assert stopped
    for days, firm in FIRMS:
        assert (firm.state == "suspended") == (days.first >= stopped.get(firm.tax_code, date.max))
    for days, account in ACCOUNTS:
        since = stopped.get(account.tax_code, date.max)
        assert (account.state == "suspended") == (days.first >= since)


def test_a_firm_is_where_its_owner_lives_and_moves_with_them():
    lives = {person.id: person for person in PEOPLE}
    places = defaultdict(set)
    for days, firm in FIRMS:
        places[firm.tax_code].add(firm.address.detail)
        owner = lives[firm.representatives[0].id]
        there = owner.married_on is None or days.first >= owner.married_on
        assert firm.address.detail == (owner.last_home if there else owner.home).detail
    assert any(len(several) > 1 for several in places.values())
