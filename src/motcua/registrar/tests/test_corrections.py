"""A citizen says a record is wrong: an official of its owner looks, and the citizen is told."""

import json
from dataclasses import replace
from datetime import date

import pytest

from motcua.backbone.models import Entry
from motcua.kernel.actors import Role
from motcua.registrar.models import Change, Correction
from motcua.registrar.operations.corrections import (
    NoReasonGiven,
    NoSuchCorrection,
    NothingPutRight,
    NotTheirRecord,
    accept,
    examine,
    refuse,
)
from motcua.registrar.operations.recording import record
from motcua.registrar.queries.answering import record_on
from motcua.registrar.rules.access import NotYourRegister
from motcua.registrar.rules.corrections import LIFECYCLE, AlreadyDecided, Move, State, after
from motcua.registrar.rules.fields import NoSuchField, NotSuchAValue, changed, flat, pieces
from motcua.registrar.rules.values import Insured
from motcua.registrar.tests.test_services import call
from motcua.registrar.tests.world import HUONG, NOON, QUAN, TODAY, official, refused
from motcua.registries.queries.answers import Card, Register

OFFICIAL = official()
BORN = date(1995, 3, 14)
RIGHT = {"ethnicity": "Mường"}


def wish(**other):
    return {
        "reference": "R-1",
        "person": HUONG,
        "key": HUONG,
        "field": "ethnicity",
        "stated": "Kinh",
        "wished": "Mường",
        "why": "Giấy khai sinh ghi dân tộc Mường",
        **other,
    }


@pytest.fixture
def asked(town):
    return json.loads(call("population", "corrections", wish()).body)["number"]


def told():
    return [change.facts["state"] for change in Change.objects.order_by("pk") if change.facts]


def test_a_request_sent_twice_is_one(asked):
    again = call("population", "corrections", wish())
    assert (again.status, json.loads(again.body)["number"]) == (201, asked)
    assert Correction.objects.count() == 1


def test_an_accepted_request_puts_every_version_right_that_was_wrong(asked):
    examine(asked, by=OFFICIAL, at=NOON)
    accept(asked, RIGHT, since=BORN, by=OFFICIAL, at=NOON)
    for day in (BORN, date(2010, 1, 1), TODAY):
        assert record_on(Register.POPULATION, HUONG, on=day)[0].ethnicity == "Mường"
    assert record_on(Register.POPULATION, HUONG, on=TODAY)[0].marriage == "married"
    assert record_on(Register.POPULATION, QUAN, on=TODAY)[0].ethnicity == "Kinh"
    assert told() == ["examined", "accepted"]
    moves = Entry.objects.filter(name="registrar.correction-moved").order_by("id")
    assert [entry.facts["after"] for entry in moves] == ["examined", "accepted"]


def test_a_correction_from_a_day_on_leaves_what_was_before(asked):
    examine(asked, by=OFFICIAL, at=NOON)
    accept(asked, RIGHT, since=date(2010, 1, 1), told="Đã sửa", by=OFFICIAL, at=NOON)
    assert record_on(Register.POPULATION, HUONG, on=date(2009, 12, 31))[0].ethnicity == "Kinh"
    assert record_on(Register.POPULATION, HUONG, on=date(2010, 1, 1))[0].ethnicity == "Mường"
    assert Correction.objects.get().told == "Đã sửa"


def test_a_version_that_says_something_else_already_is_left(asked):
    other = json.loads(call("population", "corrections", wish(reference="R-2")).body)["number"]
    for number, since in ((asked, date(2018, 1, 1)), (other, BORN)):
        examine(number, by=OFFICIAL, at=NOON)
        accept(number, RIGHT, since=since, by=OFFICIAL, at=NOON)
    assert record_on(Register.POPULATION, HUONG, on=TODAY)[0].ethnicity == "Mường"
    assert record_on(Register.POPULATION, HUONG, on=BORN)[0].ethnicity == "Mường"


def test_a_refused_request_says_why_and_changes_nothing(asked):
    examine(asked, by=OFFICIAL, at=NOON)
    with refused(NoReasonGiven):
        refuse(asked, told="  ", by=OFFICIAL, at=NOON)
    refuse(asked, told="Sổ gốc ghi đúng", by=OFFICIAL, at=NOON)
    assert record_on(Register.POPULATION, HUONG, on=TODAY)[0].ethnicity == "Kinh"
    assert Change.objects.latest("pk").facts == {
        "reference": "R-1",
        "state": "refused",
        "told": "Sổ gốc ghi đúng",
    }


def test_a_request_is_looked_at_before_it_is_decided_and_decided_once(asked):
    with refused(AlreadyDecided):
        accept(asked, RIGHT, since=TODAY, by=OFFICIAL, at=NOON)
    examine(asked, by=OFFICIAL, at=NOON)
    with refused(AlreadyDecided):
        examine(asked, by=OFFICIAL, at=NOON)
    with refused(NotTheirRecord):
        accept(asked, RIGHT, since=date(1990, 1, 1), by=OFFICIAL, at=NOON)
    accept(asked, RIGHT, since=TODAY, by=OFFICIAL, at=NOON)
    with refused(AlreadyDecided):
        refuse(asked, told="x", by=OFFICIAL, at=NOON)


def test_only_keepers_of_that_register_decide(asked):
    for by in (official("G10"), official("G12"), official("G01", Role.AUDITOR)):
        with refused(NotYourRegister):
            examine(asked, by=by, at=NOON)
    with refused(NoSuchCorrection):
        examine(asked + 1, by=OFFICIAL, at=NOON)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"person": QUAN}, NotTheirRecord),
        ({"key": "001000999999"}, NotTheirRecord),
        ({"field": "shoe_size"}, NoSuchField),
        ({"field": "name.shoe"}, NoSuchField),
        ({"field": "sex.x"}, NoSuchField),
    ],
)
def test_what_cannot_be_put_right_is_refused_at_once(town, other, kind):
    with refused(kind):
        call("population", "corrections", wish(**other))
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("field", "wished"),
    [("id", "001095000001"), ("birth_date", "ngày 3 tháng 9"), ("nationality", "Mỹ")],
)
def test_what_a_citizen_says_in_their_own_words_reaches_an_official(town, field, wished):
    told = call("population", "corrections", wish(field=field, wished=wished))
    assert told.status == 201
    assert Correction.objects.get().wished == wished


@pytest.mark.parametrize(
    ("field", "right", "kind"),
    [
        ("marriage", {"marriage": "Đã ly hôn"}, NotSuchAValue),
        ("sex", {"sex": "Nữ"}, NotSuchAValue),
        ("nationality", {"nationality": "Mỹ"}, NotSuchAValue),
        ("name.given", {"name.given": " "}, NotSuchAValue),
        ("birth_date", {"birth_date": "03/09/1995"}, NotSuchAValue),
        ("residence.detail", {"residence.unit": "99999"}, NotSuchAValue),
        ("residence.detail", {"marriage": "single"}, NoSuchField),
        ("id", {"id": "001095000001"}, NoSuchField),
        ("ethnicity", {"ethnicity": "Kinh"}, NothingPutRight),
        ("ethnicity", {}, NothingPutRight),
    ],
)
def test_a_register_takes_only_what_it_could_say_itself(town, field, right, kind):
    told = call("population", "corrections", wish(field=field, wished="khác"))
    number = json.loads(told.body)["number"]
    before = record_on(Register.POPULATION, HUONG, on=TODAY)
    examine(number, by=OFFICIAL, at=NOON)
    with refused(kind):
        accept(number, right, since=TODAY, by=OFFICIAL, at=NOON)
    assert record_on(Register.POPULATION, HUONG, on=TODAY) == before
    assert Correction.objects.get().state == "examined"


def test_a_record_with_a_code_that_nobody_knows_is_never_written(town):
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    for wrong in ({"marriage": "Đã ly hôn"}, {"sex": "Nữ"}, {"nationality": "Mỹ"}):
        with refused(NotSuchAValue):
            record(
                *(Register.POPULATION, replace(person, **wrong)),
                since=TODAY,
                reason="x",
                by=OFFICIAL,
                at=NOON,
            )


def test_a_place_is_put_right_with_its_commune(town):
    told = call("population", "corrections", wish(field="residence.detail", wished="Nơi khác"))
    number = json.loads(told.body)["number"]
    examine(number, by=OFFICIAL, at=NOON)
    right = {"residence.unit": "00070", "residence.detail": "Số 1", "residence.country": "VN"}
    accept(number, right, since=TODAY, by=OFFICIAL, at=NOON)
    found = record_on(Register.POPULATION, HUONG, on=TODAY)[0].residence
    assert (found.unit, found.detail, found.country) == ("00070", "Số 1", "VN")


def test_what_stands_together_is_put_right_together(town):
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    assert [each.path for each in pieces(person, "name.given")] == [
        *("name.family", "name.middle", "name.given")
    ]
    assert [each.path for each in pieces(person, "residence")] == [
        *("residence.unit", "residence.detail", "residence.country")
    ]
    assert pieces(person, "birth_date")[0].is_day
    assert pieces(person, "sex")[0].codes == ("male", "female")
    assert pieces(person, "id") == ()
    assert pieces(replace(person, father=None), "father.name") == ()
    card = Card("1", "GD4", date(2024, 1, 1), date(2026, 1, 1), "x", 80)
    insured = Insured("1", "x", "01", "paying", TODAY, "y", (card,), ())
    new = changed(insured, "cards.1.number", {"cards.1.number": "HN4"})
    assert (new.cards[0].number, new.number) == ("HN4", "01")
    assert changed(insured, "number", {"number": "02"}).number == "02"
    assert pieces(insured, "cards.2.number") == ()


def test_a_record_is_read_field_by_field():
    value = {"a": "x", "b": {"c": 1, "d": ""}, "e": [{"f": "y"}], "g": None}
    assert list(flat(value)) == [("a", "x"), ("b.c", "1"), ("e.1.f", "y")]
    assert list(flat({"e": ({"f": "y"},)})) == [("e.1.f", "y")]


def test_what_is_decided_stays_decided():
    for state in (State.ACCEPTED, State.REFUSED):
        assert LIFECYCLE[state] == {}
        for move in Move:
            with pytest.raises(AlreadyDecided):
                after(state, move)
