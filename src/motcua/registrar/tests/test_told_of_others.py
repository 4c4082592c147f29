"""Whoever's data an answer carries finds that in their own list, not the one asked for alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.backbone.models import Look
from motcua.registrar.models import TABLES
from motcua.registrar.queries.owners import BOOKS
from motcua.registrar.queries.searching import show
from motcua.registrar.tests.test_services import HANOI, call, told
from motcua.registrar.tests.world import HUONG, NOON, QUAN, TODAY, official
from motcua.registries.queries.answers import Register
from motcua.registries.queries.questions import (
    CardOf,
    EnterpriseByTaxCode,
    FamilyOf,
    ParcelById,
    ParcelsOf,
    PersonById,
    ResidenceOf,
    TaxAccountOf,
)


def lines():
    """Return who has a line in their list, and what it says was seen."""
    return {(look.person, look.what) for look in Look.objects.all()}


def one(register, **wanted):
    return TABLES[register].objects.true_on(TODAY).filter(**wanted).order_by("key").first()


@pytest.mark.parametrize("kind", [PersonById, FamilyOf, ResidenceOf])
def test_relatives_and_the_household_read_that_somebody_was_told_of_them(town, kind):
    value = told(kind(HUONG)).value
    if kind is PersonById:
        near, word = {value.father.id, value.mother.id, QUAN}, "as a relative of"
    elif kind is FamilyOf:
        near, word = {each.id for each in value.relatives}, "as a relative of"
    else:
        near, word = {each.id for each in value.members} - {HUONG}, "as one of the household of"
    what = f"Population register: {word} the person asked about"
    assert QUAN in near
    assert lines() == {(HUONG, "Population register"), *((each, what) for each in near)}
    look = Look.objects.get(person=QUAN)
    assert (look.by, look.purpose, look.at) == (f"member:{HANOI}", "settle a dossier", NOON)


def test_holders_read_that_somebody_asked_for_their_parcel_by_its_number(town):
    row = one(Register.LAND, persons__len=2)
    unit, sheet, number = row.key.split("-")
    told(ParcelById(unit, int(sheet), int(number)))
    what = "Land register: as a holder of a parcel asked about"
    assert lines() == {(row.key, "Land register"), *((each, what) for each in row.persons)}


def test_who_holds_land_with_somebody_reads_that_they_were_asked_about(town):
    mine, other = one(Register.LAND, persons__len=2).persons
    told(ParcelsOf(mine))
    assert (other, "Land register: as a holder of a parcel asked about") in lines()


def test_who_represents_a_firm_reads_that_it_was_asked_for(town):
    row = one(Register.ENTERPRISE)
    told(EnterpriseByTaxCode(row.key))
    what = "Enterprise register: as a representative of an enterprise asked about"
    assert lines() == {(row.key, "Enterprise register"), *((each, what) for each in row.persons)}


def test_who_is_asked_about_alone_has_one_line(town):
    told(CardOf(HUONG))
    told(TaxAccountOf(HUONG))
    assert lines() == {(HUONG, "Insurance register"), (HUONG, "Finance register")}


def test_nobody_reads_of_an_answer_that_told_nothing(town):
    told(FamilyOf(HUONG, as_of=date(1990, 1, 1)))
    assert lines() == {(HUONG, "Population register")}


def test_the_ministry_s_own_form_tells_relatives_too(town):
    call("population", "person.xml", f"<a><SoDinhDanh>{HUONG}</SoDinhDanh></a>".encode())
    assert (QUAN, "Population register: as a relative of the person asked about") in lines()


def test_more_persons_take_no_more_statements(town):
    parent = one(Register.POPULATION, key=HUONG).parents[0]
    with CaptureQueriesContext(
        connection,
    ) as many:
        told(FamilyOf(HUONG))
    with CaptureQueriesContext(connection) as few:
        told(FamilyOf(parent))
    assert Look.objects.filter(at=NOON).count() > 6
    assert len(many) <= len(few)
    assert sum("INSERT" in each["sql"] and "look" in each["sql"] for each in many) == 2


def test_an_official_who_opens_a_record_is_in_the_relatives_lists(town):
    row = one(Register.POPULATION, key=HUONG)
    book = BOOKS[Register.POPULATION]
    show(book, row.pk, purpose="supervise", on=TODAY, by=official(), at=NOON)
    assert (QUAN, "Population register: as a relative of the person asked about") in lines()
    assert (HUONG, "Population register") in lines()
