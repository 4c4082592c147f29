"""A member looks for a record by what people know of it: few are told, and little of each."""

from datetime import date

import pytest

from motcua.backbone.models import Look
from motcua.exchange.operations.serving import PurposeNotServed
from motcua.registrar.models import TABLES
from motcua.registrar.operations.recording import record
from motcua.registrar.queries.answering import record_on
from motcua.registrar.queries.finding import TooVague
from motcua.registrar.tests.test_services import call
from motcua.registrar.tests.world import HUONG, NOON, OWNERS, SYSTEM, TODAY, refused
from motcua.registries.queries.answers import Register
from motcua.registries.queries.finding import (
    MOST_FOUND,
    EnterprisesNamed,
    ParcelsAt,
    PersonsNamed,
)
from motcua.registries.queries.questions import Answer, NotKnown, read_answer, written

BORN = date(1995, 3, 14)


def told(question, purpose="settle-dossier"):
    reply = call(question.register, question.path, written(question), purpose=purpose)
    return read_answer(type(question), reply.body)


def some(register):
    row = TABLES[register].objects.true_on(TODAY).order_by("key").first()
    return record_on(register, row.key, on=TODAY)[0]


@pytest.mark.parametrize("name", ["Nguyễn Thị Hương", "nguyen thi huong", " NGUYỄN  THỊ HƯƠNG "])
def test_a_person_is_found_by_the_whole_name_and_the_day_of_birth(town, name):
    found = told(PersonsNamed(name, BORN))
    assert isinstance(found, Answer)
    assert [each.id for each in found.value.persons] == [HUONG]
    assert not found.value.more
    assert found.source.member == OWNERS["population"]


def test_nobody_is_found_by_half_of_what_must_be_said(town):
    for question in (
        PersonsNamed("Nguyễn Thị Hương", date(1995, 3, 15)),
        PersonsNamed("Nguyễn Hương", BORN),
        PersonsNamed("Nguyễn Thị Hương", BORN, as_of=date(1995, 3, 13)),
    ):
        assert isinstance(told(question), NotKnown)
    for question in (
        PersonsNamed("Hương", BORN),
        ParcelsAt("00070", "Số"),
        ParcelsAt("", "phố Huế"),
        EnterprisesNamed("Cô"),
    ):
        with refused(TooVague):
            told(question)
    assert not Look.objects.exists()


def test_a_parcel_and_an_enterprise_are_found_without_whose_they_are(town):
    parcel, firm = some(Register.LAND), some(Register.ENTERPRISE)
    plots = told(ParcelsAt(parcel.unit, parcel.address)).value.parcels
    assert (parcel.unit, parcel.sheet, parcel.number) in {
        (x.unit, x.sheet, x.number) for x in plots
    }
    firms = told(EnterprisesNamed(firm.name)).value.enterprises
    assert firm.tax_code in {each.tax_code for each in firms}
    for each in (*plots, *firms):
        assert not {"owners", "representatives", "capital"} & set(each.__slots__)


def test_ten_are_told_and_that_there_are_more(town):
    firm = some(Register.ENTERPRISE)
    for number in range(MOST_FOUND + 1):
        named = {"tax_code": f"019000{number:04}", "name": f"Công ty Rất Giống Nhau {number:02}"}
        made = type(firm)(**{**{n: getattr(firm, n) for n in firm.__slots__}, **named})
        record(Register.ENTERPRISE, made, since=TODAY, reason="thử", by=SYSTEM, at=NOON)
    found = told(EnterprisesNamed("rat giong nhau")).value
    assert (len(found.enterprises), found.more) == (MOST_FOUND, True)


def test_whoever_is_found_reads_that_they_were_and_nobody_else(town):
    told(PersonsNamed("Nguyễn Thị Hương", BORN))
    look = Look.objects.get()
    assert (look.person, look.purpose) == (HUONG, "settle a dossier")


@pytest.mark.parametrize("purpose", ["prefill-form", "statistics", "notify-change"])
def test_nobody_is_looked_for_to_fill_in_a_form_or_to_count(town, purpose):
    with refused(PurposeNotServed):
        told(PersonsNamed("Nguyễn Thị Hương", BORN), purpose=purpose)


def test_finance_and_insurance_let_nobody_look_for_holders(town):
    with refused(Exception) as refusal:
        call("insurance", "persons-named", {"name": "Nguyễn Thị Hương"}, purpose="settle-dossier")
    assert refusal.value.code == "registrar.no-such-question"
