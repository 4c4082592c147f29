"""Tables and groups: rows added, removed, left blank, checked one by one."""

import pytest

from motcua.forms.queries.forms import problem_text
from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import clean, rows_changed
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue
from motcua.forms.rules.showing import computed, look, seen
from motcua.forms.rules.summary import sections_of, values_for_result
from motcua.forms.rules.values import MOST_ROWS
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY, field, form_of, w

RICE = {"item": "Gạo", "price": 20000, "quantity": 2.5}


def rows(*given):
    """The right answers with these rows of goods."""
    return {**RIGHT, "goods": list(given)}


def places(answers):
    return [problem.field for problem in problems_in(EVERY, answers, on=TODAY)]


def said(answers, language="en"):
    return [problem_text(EVERY, p, language) for p in problems_in(EVERY, answers, on=TODAY)]


def test_rows_are_read_from_their_boxes_and_blank_ones_stay_to_be_shown():
    posted = {
        "goods.rows": ["2"],
        "goods.0.item": ["Gạo"],
        "goods.0.quantity": ["2,5"],
        "goods.0.sold-day": ["1"],
        "goods.0.sold-month": ["2"],
        "goods.0.sold-year": ["2026"],
        "goods.0.cost": ["never"],
        "goods.7.item": ["not shown"],
    }
    made = clean(EVERY, "rows", posted)
    assert made == {"goods": [{"item": "Gạo", "quantity": 2.5, "sold": "2026-02-01"}, {}]}
    assert typed(EVERY.steps[2].fields[0], made)["goods.rows"] == ["2"]


@pytest.mark.parametrize("count", ["", "x", "-1", "²", "0", "9999999"])
def test_a_number_of_rows_that_is_none_makes_none(count):
    assert clean(EVERY, "rows", {"goods.rows": [count]}) == {"goods": None}


def test_nobody_makes_more_rows_than_there_can_be():
    assert len(clean(EVERY, "rows", {"goods.rows": ["99999"]})["goods"]) == MOST_ROWS
    shown = typed(EVERY.steps[2].fields[0], {"goods": [RICE] * (MOST_ROWS + 1)})
    assert shown == {"goods.rows": ["0"]}


def test_buttons_add_and_remove_rows():
    posted = {"goods.rows": ["2"], "goods.0.item": ["a"], "goods.1.item": ["b"]}
    assert rows_changed(EVERY, "rows", posted) is None
    assert rows_changed(EVERY, "rows", {**posted, "add": ["goods"]})["goods"] == [
        {"item": "a"},
        {"item": "b"},
        {},
    ]
    assert rows_changed(EVERY, "rows", {**posted, "add": ["children"]})["children"] == [{}]
    assert rows_changed(EVERY, "rows", {**posted, "remove": ["goods.0"]})["goods"] == [
        {"item": "b"}
    ]
    for nothing in ("goods", "goods.x", "goods.9", "other.0", ""):
        assert rows_changed(EVERY, "rows", {**posted, "remove": [nothing]}) == clean(
            EVERY, "rows", posted
        )


def test_no_row_is_added_beyond_the_most():
    posted = {"goods.rows": ["4"], "add": ["goods"]}
    assert len(rows_changed(EVERY, "rows", posted)["goods"]) == 4


def test_a_blank_row_is_asked_nothing_and_not_filed_but_keeps_its_place():
    answers = rows({}, {"item": ""}, {**RICE, "quantity": None})
    assert places(answers) == ["goods.2.quantity"]
    assert said(answers) == ["Item 3: Enter quantity"]
    assert seen(EVERY, answers, on=TODAY)["goods"] == [{"item": "Gạo", "price": 20000}]
    assert [row.blank for row in look(EVERY, answers, on=TODAY).pages["rows"][0].rows] == [
        True,
        True,
        False,
    ]


def test_rows_that_are_all_blank_are_no_rows():
    (problem,) = problems_in(EVERY, rows({}, {}), on=TODAY)
    assert (problem.field, problem.missing) == ("goods", True)
    assert said(rows()) == ["Add rows to goods: at least 1"]
    assert places({**RIGHT, "children": [{}]}) == []


def test_too_many_rows_are_named_whether_a_few_or_thousands():
    assert said(rows(*[RICE] * 5)) == ["goods: at most 4 rows"]
    assert said(rows(*[RICE] * 10_000))[0] == "goods: at most 4 rows"


def test_fewer_rows_than_the_least_are_named():
    lines = field(
        "line", "table", rows={"name": w("l"), "least": 2, "columns": [field("a", "text")]}
    )
    form = form_of(lines)
    (problem,) = problems_in(form, {"line": [{"a": "x"}]}, on=TODAY)
    assert problem_text(form, problem, "vi") == "Thêm dòng vào line vi: ít nhất 2"


@pytest.mark.parametrize(
    ("row", "said_of_it"),
    [
        ({**RICE, "price": "x"}, "Item 2: Enter price in dong, digits only"),
        ({**RICE, "price": 0}, "Item 2: A price is above nothing"),
        ({**RICE, "sold": "2027-01-01"}, "Item 2: sold cannot be after today"),
        ({**RICE, "sort": "fresh"}, "Item 2: Answer: cooled"),
        ({**RICE, "sort": "fresh", "cooled": True}, "Item 2: Enter dealer_email"),
        ({**RICE, "quantity": 1.234}, "Item 2: Enter quantity as a number with at most 2 decimals"),
        ({**RICE, "dealer_phone": "+8411111111"}, "Item 2: Enter a real phone number"),
        ({**RICE, "bogus": 1}, "This form does not ask for “goods.1.bogus”"),
        ("rice", "Item 2: Check goods: this form cannot use what was entered"),
        ({**RICE, "item": "\ud800"}, "Item 2: Check item: this form cannot use"),
    ],
)
def test_each_row_is_checked_and_the_message_names_it(row, said_of_it):
    (text,) = said(rows(RICE, row))
    assert text.startswith(said_of_it)


def test_a_problem_in_a_block_of_a_row_has_its_place_and_names_the_row():
    child = {"name": "Na", "birth_date": "2030-01-02", "sex": "female"}
    answers = {**RIGHT, "children": [{}, {"who": child}, {"who": {"name": "B2"}}]}
    assert places(answers) == [
        "children.1.who.birth_date",
        "children.2.who.birth_date",
        "children.2.who.sex",
    ]
    assert said(answers, "vi")[0] == "Con thứ 2: Ngày sinh: who vi không được sau hôm nay"
    assert said(answers, "en")[0].startswith("Child 2: Date of birth: who cannot be after today")


def test_what_shows_nothing_or_turns_the_text_around_is_in_no_answer():
    """Answers that programs send are read as those of pages are."""
    sent = "\u202eLan\u2066\u200b  "
    given = {
        **RIGHT,
        "name": sent,
        "children": [{"who": {"name": sent}}, {"who": {"name": "\u202e"}}],
    }
    kept = seen(EVERY, given, on=TODAY)
    assert kept["name"] == "Lan"
    assert kept["children"][0]["who"]["name"] == "Lan"
    assert len(kept["children"]) == 1
    assert "name" in places({**RIGHT, "name": "\u202e\u2069"})


def test_rows_are_computed_and_summed():
    answers = rows(RICE, {}, {**RICE, "quantity": "many"})
    assert computed(EVERY, answers, on=TODAY) == {
        "goods.0.cost": 50000,
        "total": 50000,
        "from_day": "2026-02-10",
    }


def test_a_rule_of_the_page_may_ask_about_all_rows():
    dear = rows({**RICE, "price": 999_999}, {**RICE, "price": 999_999})
    assert said(dear) == ["Too dear"]
    assert said(dear, "vi") == ["Too dear vi"]


def test_a_table_that_is_no_list_is_named():
    assert said({**RIGHT, "goods": "rice"}) == [
        "Check goods: this form cannot use what was entered"
    ]
    assert "goods" not in seen(EVERY, {**RIGHT, "goods": {"a": 1}}, on=TODAY)


def test_rows_are_told_as_a_table_and_as_lines():
    answers = rows({}, RICE, {"item": "Cá", "price": 1, "quantity": 3, "sort": "dry"})
    lines = {
        line.field: line
        for section in sections_of(EVERY, answers, Tongue("en"), on=TODAY)
        for line in section.lines
    }
    table = lines["goods"].table
    assert table.name == "Item"
    assert table.headings[:3] == ("item", "price", "quantity")
    assert "cooled" not in table.headings
    assert [row[:3] for row in table.rows] == [
        ("Gạo", "20,000 VND", "2.5 kg"),
        ("Cá", "1 VND", "3 kg"),
    ]
    assert lines["goods"].value.splitlines()[1].startswith("Item 2: item: Cá; price: 1 VND;")
    values = values_for_result(EVERY, answers, Tongue("vi"), on=TODAY)
    assert [row["cost"] for row in values["goods"]] == ["50.000 đồng", "3 đồng"]
    assert values["children"][0]["who"]["name"] == "Lê Na"
