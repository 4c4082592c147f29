"""What an answer says of a fact, and when it stands for a paper."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.registries.queries.answers import (
    Address,
    Card,
    Enterprise,
    Enterprises,
    Name,
    Owner,
    Parcel,
    Parcels,
    Person,
    Registration,
    Relative,
    Residence,
    TaxAccount,
)
from motcua.registries.queries.facts import key_of, path_of, shown_by, value_of
from motcua.registries.queries.questions import EnterprisesOf, ParcelsOf, question_about

TODAY, BORN = date(2026, 11, 23), date(1995, 3, 14)
HOME = Address("00070", "Số 1")
HUONG = Person(
    id="001195012345",
    name=Name("Nguyễn", "Thị", "Hương"),
    sex="female",
    birth_date=BORN,
    birth_place=HOME,
    birth=Registration("12/1995", BORN, "00070"),
    native_place=HOME,
    ethnicity="Kinh",
    religion="Không",
    nationality="VN",
    marriage="married",
    residence=HOME,
    current=HOME,
    household="H-1",
    mother=Relative("mother", "001168000001", "Lê Thị An"),
    spouse=Relative("spouse", "001092023456", "Trần Minh Quân", date(1992, 8, 2)),
    married=Registration("7/2018", date(2018, 5, 1), "00070"),
    card_number="001195012345",
    card_issued_on=date(2021, 1, 1),
    card_expires_on=date(2035, 3, 14),
)
FIRM = Enterprise("0101243150", "Công ty A", "A", "llc1", "active", TODAY, HOME, 1, (), ())
PLOT = Parcel("00070", 3, 12, 1000, "ODT", "Số 1", (Owner("1", "A", 100),), "CN 123", TODAY)
CARD = Card("1", "DN4012345678901", date(2026, 1, 1), date(2026, 12, 31), "Bạch Mai", 80)


def shown(fact, told):
    found = shown_by(fact, told, on=TODAY)
    return found and found.number


@pytest.mark.parametrize(
    ("fact", "told", "number"),
    [
        ("population.birth", HUONG, "12/1995"),
        ("population.birth", replace(HUONG, birth=Registration("", BORN, "")), None),
        ("population.marriage", HUONG, "7/2018"),
        ("population.marriage", replace(HUONG, marriage="divorced"), None),
        ("population.marriage", replace(HUONG, married=None), None),
        ("population.id_card", HUONG, "001195012345"),
        ("population.id_card", replace(HUONG, card_expires_on=date(2026, 11, 22)), None),
        ("population.id_card", replace(HUONG, card_expires_on=None), "001195012345"),
        ("population.id_card", replace(HUONG, card_number=""), None),
        ("population.ethnicity", HUONG, None),
        ("population.ethnicity", replace(HUONG, ethnicity="Mường"), "001195012345"),
        ("population.residence", Residence("1", HOME, HOME, "H-1", ()), "H-1"),
        ("population.residence", Residence("1", Address("", ""), HOME, "H-1", ()), None),
        ("land.certificate", Parcels("1", (PLOT,)), "CN 123"),
        ("land.certificate", Parcels("1", (PLOT, PLOT)), None),
        ("land.certificate", Parcels("1", (replace(PLOT, certificate=""),)), None),
        ("enterprise.registration", Enterprises("1", (FIRM,)), "0101243150"),
        ("enterprise.registration", Enterprises("1", (replace(FIRM, state="dissolved"),)), None),
        ("enterprise.registration", Enterprises("1", (FIRM, FIRM)), None),
        ("insurance.card", CARD, "DN4012345678901"),
        ("insurance.card", replace(CARD, valid_to=date(2026, 11, 22)), None),
        ("population.sex", HUONG, None),
        ("population.no_such", HUONG, None),
    ],
)
def test_an_answer_stands_for_a_paper_only_where_it_says_as_much(fact, told, number):
    assert shown(fact, told) == number


def test_a_question_gets_the_value_of_its_kind_or_none():
    assert value_of("population.residence", "address", Residence("1", HOME, HOME, "", ())) is HOME
    assert "vietnamese" in value_of("population.nationality", "choice", HUONG)
    assert value_of("population.nationality", "text", replace(HUONG, nationality="Lào")) == "Lào"
    assert value_of("population.ethnicity", "choice", replace(HUONG, ethnicity="")) is None
    assert value_of("population.name", "text", HUONG) == "Nguyễn Thị Hương"
    assert value_of("population.spouse", "person", HUONG)["birth_date"] == "1992-08-02"
    assert value_of("population.mother", "date", HUONG) == ""
    assert value_of("population.father", "text", HUONG) is None
    assert value_of("enterprise.registration", "enterprise", Enterprises("1", (FIRM,)))["name"]
    assert value_of("enterprise.registration", "enterprise", Enterprises("1", ())) is None
    assert value_of("land.certificate", "text", Parcels("1", (PLOT,))) == "CN 123"
    assert value_of("land.certificate", "text", Parcels("1", ())) is None
    assert value_of("population.no_such", "text", HUONG) is None


def test_a_record_is_named_as_its_register_names_it():
    account = TaxAccount("0101", "1", "A", "active", TODAY, "", 2026, 0)
    told = (HUONG, Parcels("1", (PLOT,)), Enterprises("1", (FIRM,)), account)
    keys = ["001195012345", "00070-3-12", "0101243150", "0101"]
    assert [key_of(each) for each in told] == keys
    assert (path_of("population.residence"), path_of("police.record")) == ("residence.detail", "")


def test_of_a_person_one_asks_what_they_hold():
    assert question_about("enterprise.registration", "1") == EnterprisesOf("1")
    assert question_about("land.parcel", "1") == ParcelsOf("1")
    assert question_about("police.record", "1") is None
