"""The people who are made up could be people: their ids, ages, families and papers agree."""

from collections import Counter
from datetime import date
from itertools import pairwise

from stdnum.vn import mst

from motcua.kernel.personal_id import flaw_in
from motcua.registrar.models import TABLES
from motcua.registrar.operations.seeding import seed_registers
from motcua.registrar.rules.access import NotYourRegister
from motcua.registrar.rules.holdings import Holdings, tax_code
from motcua.registrar.rules.lives import versions_of
from motcua.registrar.rules.town import Town, couples
from motcua.registrar.tests.world import (
    FAMILY,
    HUONG,
    NOON,
    QUAN,
    SAU,
    TODAY,
    UNITS,
    fill,
    official,
    refused,
)

PEOPLE = Town(UNITS, today=TODAY).settle(FAMILY, 3000)
LIVES = {p.id: list(versions_of(p, today=TODAY)) for p in PEOPLE}


def test_every_id_fits_its_holder_s_province_sex_and_year_of_birth():
    assert [p.id for p in PEOPLE if flaw_in(p.id, birth_date=p.born, sex=p.sex)] == []
    assert max(Counter(p.id for p in PEOPLE).values()) == 1


def test_parents_are_older_than_their_children_by_a_believable_number_of_years():
    for person in PEOPLE:
        if person.mother and person.father:
            assert 18 <= (person.born - person.mother.born).days / 365.25 <= 46
            assert 18 <= (person.born - person.father.born).days / 365.25 <= 60
            assert person.mother.spouse is person.father
            assert person.father.died_on is None or person.father.died_on > person.born
            assert person.name[0] == person.father.name[0]


def test_nobody_marries_as_a_child_or_a_sibling_or_after_death():
    for man, woman in couples(PEOPLE):
        wed = man.married_on
        assert wed == woman.married_on
        assert (wed - max(man.born, woman.born)).days >= 18 * 365.25
        assert man.father is None or man.father is not woman.father
        assert all(p.died_on is None or p.died_on > wed for p in (man, woman))


def test_there_are_three_generations():
    assert any(p.father and p.father.father for p in PEOPLE)
    assert len(PEOPLE) >= 3000


def test_no_day_of_a_life_has_two_truths_and_none_is_left_out():
    for person in PEOPLE:
        versions = LIVES[person.id]
        assert versions[0][0].first == person.born
        assert versions[-1][0].until is None
        for (before, _), (after, _) in pairwise(versions):
            assert before.until == after.first


def test_a_record_names_the_same_relatives_as_theirs():
    last = {key: versions[-1][1] for key, versions in LIVES.items()}
    for person in last.values():
        for relative in filter(None, (person.father, person.mother, person.spouse)):
            other = last[relative.id]
            assert (relative.name, relative.birth_date) == (str(other.name), other.birth_date)
        if person.spouse is not None:
            assert last[person.spouse.id].spouse.id == person.id
            assert person.married == last[person.spouse.id].married


def test_the_family_of_the_demonstration_is_one():
    known = {p.id: p for p in PEOPLE}
    assert known[HUONG].spouse is known[QUAN]
    assert known[QUAN].mother is known[SAU]
    assert known[HUONG].children


def test_the_same_town_is_made_again():
    again = Town(UNITS, today=TODAY).settle(FAMILY, 3000)
    assert [(p.id, p.name, p.died_on) for p in again] == [(p.id, p.name, p.died_on) for p in PEOPLE]


def test_what_people_hold_belongs_to_people_of_the_town_who_live():
    held = Holdings(PEOPLE, today=TODAY)
    known = {p.id: p for p in PEOPLE}
    firms = [each.value for each in held.registered()]
    assert len(firms) > 20
    for firm in firms:
        (who,) = firm.representatives
        assert known[who.id].whole_name == who.name
        assert (firm.registered_on - known[who.id].born).days > 18 * 365
        assert mst.is_valid(firm.tax_code)
    parcels = list(held.parcels())
    for each in parcels:
        assert sum(owner.share for owner in each.value.owners) == 100
        assert all(owner.id in known for owner in each.value.owners)
    accounts = {each.value.tax_code for each in held.taxpayers()}
    assert {firm.tax_code for firm in firms} <= accounts
    assert len({each.value.number for each in held.insured()}) > 2000


def test_whoever_is_insured_taxed_or_owns_land_is_in_the_population_register():
    held = Holdings(PEOPLE, today=TODAY)
    known = {p.id: p for p in PEOPLE}
    firms = {each.value.tax_code: each.value for each in held.registered()}
    for each in held.insured():
        person = known[each.value.id]
        assert each.value.name == person.whole_name
        assert all(card.id == person.id for card in each.value.cards)
        assert all(period.first >= person.born for period in each.value.periods)
    for each in held.taxpayers():
        holder = each.value.tax_code
        assert holder in known or holder in firms
        names = known[holder].whole_name if holder in known else firms[holder].name
        assert each.value.name == names
    for each in held.parcels():
        for owner in each.value.owners:
            assert known[owner.id].whole_name == owner.name
            assert known[owner.id].born < each.value.certified_on


def test_children_live_with_a_parent_and_married_people_together():
    last = {key: versions[-1][1] for key, versions in LIVES.items()}
    for person in PEOPLE:
        record = last[person.id]
        if person.died_on is None and person.spouse and person.spouse.died_on is None:
            assert record.household == last[person.spouse.id].household
        young = (TODAY - person.born).days < 18 * 365
        parents = [p for p in (person.father, person.mother) if p and p.died_on is None]
        if young and person.died_on is None and parents:
            assert record.household in {last[p.id].household for p in parents}


def test_a_number_without_a_check_digit_makes_no_tax_code():
    made = [tax_code(number) for number in range(1000)]
    assert None in made
    assert all(mst.is_valid(code) for code in made if code)


def test_the_registers_are_filled_once_and_by_the_portal_alone(registers):
    with refused(NotYourRegister):
        seed_registers((), UNITS, size=1, by=official(), at=NOON, today=TODAY)
    assert fill(300) >= 300
    counts = {register: table.objects.count() for register, table in TABLES.items()}
    assert all(counts.values()), counts
    assert fill(300) == 0
    assert {register: table.objects.count() for register, table in TABLES.items()} == counts
    assert TABLES["population"].objects.true_on(date(2000, 1, 1)).filter(key=HUONG).count() == 1
