"""What is wrong beyond the shape of an answer: checks by name, rules between answers, numbers."""

import pytest

from motcua.forms.queries.forms import problem_text
from motcua.forms.rules.problems import problems_in
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
        ("signed", {"name": "An", "strokes": "M9 9L9 9"}, "signed", "Sign again, larger"),
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
    assert said({"stays": [{}, whole]}, stays) == {"stays.1.till": "Stay 2: Ends before it begins"}


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


def test_an_identity_number_must_agree_with_the_person():
    child = RIGHT["children"][0]["who"]
    right, other = {**child, "id": "046320003718"}, {**child, "id": "046192003718"}
    assert said({**RIGHT, "children": [{"who": right}]}) == {}
    found = said({**RIGHT, "children": [{"who": other}]})
    assert list(found) == ["children.0.who.id"]
    assert found["children.0.who.id"].startswith("Child 1: Check the number or the birth date")
