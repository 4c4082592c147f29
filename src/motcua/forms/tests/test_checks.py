"""What is wrong beyond the shape of an answer: checks by name, rules between answers, numbers."""

from types import SimpleNamespace

import pytest

from motcua.forms.queries.forms import misplaced, problem_text, result_values
from motcua.forms.rules.places import place_at
from motcua.forms.rules.prefilling import prefilled
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue, grouped, shown_day, shown_value
from motcua.forms.rules.scopes import scope_of
from motcua.forms.rules.showing import look, seen
from motcua.forms.rules.summary import sections_of
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY, field, form_of, options, step, w

SHAPES = options("round", "square")


def said(answers, form=EVERY):
    """What is said of answers, in English, by place."""
    return {
        problem.field: problem_text(form, problem, "en")
        for problem in problems_in(form, answers, on=TODAY)
    }


@pytest.mark.parametrize(
    ("name", "value", "at", "text"),
    [
        ("count_of", 13, "count_of", "Not thirteen"),
        ("count_of", 51, "count_of", "count_of: at most 50"),
        ("count_of", 1.5, "count_of", "Enter count_of as a whole number"),
        ("area", 0.0001, "area", "Enter area as a number with at most 3 decimals"),
        ("area", "x", "area", "Enter area as a number with at most 3 decimals"),
        ("ends", "2025", "ends", "ends cannot be before today"),
        ("ends", "2026-10", "ends", "ends cannot be before today"),
        ("ends", "2026-13", "ends", "Enter a real date for ends; day and month may stay empty"),
        ("begins", "2026-02", "begins", "Enter a real date for begins, for example"),
        ("name", "An 2", "name", "A name has no digits: “2”"),
        ("firm", {"tax_code": "0100233489"}, "firm.tax_code", "Enter a real tax code"),
        ("firm", {"tax_code": "999192003718"}, "firm.tax_code", "Enter a real tax code"),
        ("firm", {"name": "Bún"}, "firm.tax_code", "Enter tax code: firm"),
        ("account", {**RIGHT["account"], "bank": "1"}, "account.bank", "Choose bank: account"),
        ("account", {**RIGHT["account"], "number": "1 2"}, "account.number", "Enter the account"),
        ("papers", ["a", "b", "c"], "papers", "papers: at most 2 files"),
        ("papers", "a", "papers", "Check papers"),
        ("site", {"lat": 48.8, "lng": 2.3}, "site", "Enter a place in Viet Nam for site"),
        ("site", {"lat": 16.4}, "site", "Enter a place in Viet Nam for site"),
        ("site", "Huế", "site", "Enter a place in Viet Nam for site"),
        ("signed", {"strokes": "M1,2"}, "signed.name", "Sign: enter full name: signed"),
        ("signed", {"name": "R2"}, "signed.name", "A name has no digits"),
        ("signed", {"name": "An", "strokes": "<svg>"}, "signed.strokes", "Check signature: signed"),
        ("person", {"name": "A", "birth_date": "1/1"}, "person.birth_date", "Enter a real date"),
    ],
)
def test_each_kind_says_what_is_wrong_with_it(name, value, at, text):
    found = said({**RIGHT, name: value})
    assert list(found) == [at]
    assert found[at].startswith(text)


def test_what_must_be_given_is_asked_for_in_the_words_of_its_kind():
    form = form_of(
        field("papers", "files"), field("site", "point"), field("signed", "signature"),
        field("account", "bank_account"), field("total", "computed", value="1 + 1"),
        field("hint", "note", text=w("x")),
    )  # fmt: skip
    assert said({}, form) == {
        "papers": "Add a file: papers",
        "site": "Enter a place in Viet Nam for site, for example 10.7769, 106.7009",
        "signed.name": "Sign: enter full name: signed",
        "account.bank": "Choose bank: account",
    }


def test_a_household_has_the_number_of_its_owner_as_tax_code():
    assert said({**RIGHT, "firm": {"tax_code": "046192003718"}}) == {}
    bare = form_of(field("firm", "enterprise", parts=["name"]))
    assert said({"firm": {"name": "Bún"}}, bare) == {}


def ruled(rule, **more):
    """A form of a choice, two numbers and a date that hang on it, and this rule of the page."""
    return form_of(
        step(
            "only",
            field("shape", "choice", options=SHAPES, required=False),
            field("width", "number", required=False, show='shape != "round"'),
            field("height", "number", required=False, show='shape = "square"'),
            field("since", "date", required=False),
            checks=[{"rule": rule, "message": w("Wrong"), **more}],
        )
    )


@pytest.mark.parametrize(
    ("rule", "answers", "place"),
    [
        ("width <= 5", {"width": 6}, "width"),
        ("width <= 5", {"width": 5}, None),
        ("width <= 5", {}, None),
        ("width <= 5", {"width": "six"}, "width"),
        ("width >= height", {"shape": "square", "width": 1, "height": 2}, "height"),
        ("width >= height", {"shape": "square", "width": 1}, None),
        ("width >= height", {"shape": "round", "width": 1, "height": 2}, None),
        ("since <= today", {"since": "2027-01-01"}, "since"),
        ("present(width) or present(since)", {}, "since"),
        ("present(width) or present(since)", {"width": 1}, None),
        ('if shape = "square" then height > 1 else width > 1', {"shape": "square"}, None),
        (
            'if shape = "square" then height > 1 else since > today',
            {"shape": "square", "height": 1, "since": "2026-01-01"},
            "since",
        ),
        (
            'if shape = "square" then height > 1 else since > today',
            {"shape": "round", "since": "2026-01-01"},
            "since",
        ),
        ('if shape = "round" then false else height > 1', {"shape": "round"}, None),
    ],
)
def test_a_rule_is_asked_once_what_it_compares_is_answered(rule, answers, place):
    found = problems_in(ruled(rule), answers, on=TODAY)
    assert [problem.field for problem in found] == ([place] if place else [])


def test_a_rule_says_its_message_where_it_is_told_to_unless_that_is_not_shown():
    broken = {"shape": "round", "since": "2027-01-01"}
    assert list(said(broken, ruled("since <= today", at="shape"))) == ["shape"]
    assert said(broken, ruled("since <= today", at="width")) == {}
    (problem,) = problems_in(ruled("since <= today"), broken, on=TODAY)
    assert problem_text(ruled("since <= today"), problem, "vi") == "Wrong vi"


def test_a_field_has_rules_of_its_own_in_a_row_too():
    late = [{"rule": "till >= since", "message": w("Ends before it begins")}]
    days = [field("since", "date"), field("till", "date", checks=late)]
    whole = {"since": "2026-02-01", "till": "2026-01-01"}
    assert said(whole, form_of(*days)) == {"till": "Ends before it begins"}
    stays = form_of(field("stays", "table", rows={"name": w("stay"), "columns": days}))
    assert said({"stays": [{}, whole]}, stays) == {"stays.1.till": "stay 2: Ends before it begins"}


def test_a_rule_may_ask_a_part_of_a_block():
    form = form_of(
        field("since", "date"),
        field("who", "person", parts=["name", "birth_date"], optional_parts=["birth_date"],
              checks=[{"rule": "who.birth_date < since", "message": w("Born later")}]),
    )  # fmt: skip
    child = {"name": "Na", "birth_date": "2020-05-05"}
    assert said({"since": "2020-05-05", "who": child}, form) == {"who": "Born later"}
    assert said({"since": "2020-05-06", "who": child}, form) == {}
    assert said({"since": "2020-05-05", "who": {"name": "Na"}}, form) == {}


def test_a_rule_of_the_page_waits_for_what_is_wrong_with_its_field():
    assert list(said({**RIGHT, "count_of": "13"}).values()) == ["Enter count_of as a whole number"]


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
    home = {"province": "46", "commune": "00000", "street": "1"}
    answers = {**RIGHT, "children": [{}, {**RIGHT["children"][0], "home": home}]}
    assert [problem.field for problem in misplaced(EVERY, answers, "rows", on=TODAY)] == [
        "children.1.home.commune"
    ]
    assert (
        misplaced(EVERY, {**answers, "children": [{"home": {"province": "46"}}]}, "rows", on=TODAY)
        == ()
    )
    values = result_values(EVERY, answers, "vi", on=TODAY)
    assert values["children"][0]["home"]["text"] == "1, 00000, 46"


def test_an_identity_number_must_agree_with_the_person():
    child = RIGHT["children"][0]["who"]
    right, other = {**child, "id": "046320003718"}, {**child, "id": "046192003718"}
    assert said({**RIGHT, "children": [{"who": right}]}) == {}
    found = said({**RIGHT, "children": [{"who": other}]})
    assert list(found) == ["children.0.who.id"]
    assert found["children.0.who.id"].startswith("Child 1: Check the number or the birth date")


def test_a_hidden_page_has_no_fields():
    assert "blocks" not in look(EVERY, {**RIGHT, "one_of": "c"}, on=TODAY).pages
    assert problems_in(EVERY, {"one_of": "c"}, "blocks", on=TODAY) == ()
