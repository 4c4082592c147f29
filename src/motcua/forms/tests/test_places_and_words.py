"""What places, names, first values and words come of a form and its answers."""

from types import SimpleNamespace

import pytest

from motcua.forms.queries.forms import misplaced, result_values
from motcua.forms.rules.places import place_at
from motcua.forms.rules.prefilling import prefilled
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue, grouped, shown_day, shown_value
from motcua.forms.rules.scopes import scope_of
from motcua.forms.rules.showing import look, seen
from motcua.forms.rules.summary import sections_of
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY, field, form_of, w


@pytest.mark.parametrize(
    "path",
    ["x", "name.x", "goods.x", "goods.x.item", "goods.0.x", "goods.0.item.x", "children.0.who.x"],
)
def test_a_place_that_the_form_does_not_have_is_none(path):
    assert place_at(EVERY, path) is None


def test_a_place_names_field_part_row_and_column():
    place = place_at(EVERY, "children.1.who.birth_date")
    assert (place.field.id, place.part, place.rows.id, place.row) == (
        "who",
        "birth_date",
        "children",
        1,
    )
    assert place_at(EVERY, "goods.3").field.id == "goods"


def test_names_have_the_types_that_expressions_need():
    scope = scope_of(EVERY)
    assert {name: scope[name].type.value for name in ("area", "ends", "papers", "goods")} == {
        "area": "number",
        "ends": "date",
        "papers": "files",
        "goods": "rows",
    }
    assert scope["ends"].partial
    assert (scope["count_of"].low, scope["count_of"].high) == (-5, 50)
    assert scope["goods"].columns["cost"].type == "number"
    assert scope["goods"].columns["cost"].low == 0
    assert scope["from_day"].type == "date"
    assert scope["some_of"].options == {"a", "b", "c"}
    assert "hello" not in scope


@pytest.mark.parametrize(("format_", "type_"), [("money", "number"), ("date", "date")])
def test_a_computed_field_with_a_flaw_still_has_the_type_it_says(format_, type_):
    form = form_of(field("total", "computed", value="nothing + 1", format=format_))
    assert scope_of(form)["total"].type == type_


def test_what_is_computed_is_never_taken_from_what_was_sent():
    assert seen(EVERY, {**RIGHT, "total": 5}, on=TODAY)["total"] == 140000
    assert problems_in(EVERY, {**RIGHT, "total": 5}, on=TODAY) == ()


PERSON = SimpleNamespace(
    name="Lê Na",
    personal_id="046192003718",
    birth_date=None,
    sex="female",
    phone="",
    email="n@x.vn",
)


def test_what_the_account_knows_is_filled_in_also_in_the_first_row():
    form = form_of(
        field("signed", "signature", source="account.person"),
        field("mail", "email", source="account.email"),
        field("tel", "phone", source="account.phone"),
        field("other", "text"),
        field("people", "group", rows={"name": w("p"), "columns": [
            field("who", "person", source="account.person"), field("age", "number"),
        ]}),
        field("things", "group", rows={"name": w("t"), "columns": [field("what", "text")]}),
    )  # fmt: skip
    assert {name: each.value for name, each in prefilled(form, PERSON).items()} == {
        "signed": {"name": "Lê Na"},
        "mail": "n@x.vn",
        "people": [{"who": {"name": "Lê Na", "id": "046192003718", "sex": "female"}}],
    }


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("area", 1250.5, "1.250,5 m² vi"),
        ("paid", 1_500_000, "1.500.000 đồng"),
        ("ends", "2026-05", "05/2026"),
        ("ends", "2026", "2026"),
        ("ends", "soon", "soon"),
        ("one_of", "z", "z"),
        ("name", {"a": 1}, ""),
        ("agreed", False, "Không"),
        ("papers", ["f9", 5], "2 tệp"),
        ("name", "x" * 200_000, ""),
    ],
)
def test_answers_are_told_in_words(name, value, words):
    kind = next(each for each in EVERY.fields if each.id == name)
    assert shown_value(kind, value, Tongue("vi")) == words


def test_numbers_and_days_are_written_as_people_write_them():
    assert (grouped(1234567.25, "vi"), grouped(1234567.25, "en")) == (
        "1.234.567,25",
        "1,234,567.25",
    )
    assert shown_day("2026-11-24") == "24/11/2026"


def test_a_point_and_a_signature_that_are_none_are_told_without_a_drawing():
    answers = {**RIGHT, "site": {"lat": "x", "lng": 1}, "signed": {"name": "An", "strokes": 5}}
    lines = {
        line.field: line
        for section in sections_of(EVERY, answers, Tongue("vi"), on=TODAY)
        for line in section.lines
    }
    assert lines["site"].point is None
    assert lines["signed"].strokes == ""
    assert lines["papers"].files == ("f1", "f2")


def test_places_in_rows_are_looked_up_and_checked(db):
    home = {"province": "97", "commune": "00000", "street": "1"}
    answers = {**RIGHT, "children": [{}, {**RIGHT["children"][0], "home": home}]}
    assert [problem.field for problem in misplaced(EVERY, answers, "rows", on=TODAY)] == [
        "children.1.home.commune"
    ]
    assert (
        misplaced(EVERY, {**answers, "children": [{"home": {"province": "97"}}]}, "rows", on=TODAY)
        == ()
    )
    values = result_values(EVERY, answers, "vi", on=TODAY)
    assert values["children"][0]["home"]["text"] == "1, 00000, 97"


def test_a_hidden_page_has_no_fields():
    assert "blocks" not in look(EVERY, {**RIGHT, "one_of": "c"}, on=TODAY).pages
    assert problems_in(EVERY, {"one_of": "c"}, "blocks", on=TODAY) == ()
