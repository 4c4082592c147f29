"""Pages of every kind of field: each control drawn, hidden ones wired, rows numbered and told."""

import json
from html import unescape

import pytest
from django.template import engines
from django.utils.translation import override

from motcua.backbone.tests.reading import Page
from motcua.forms.queries.forms import Beside, FileView, Problem, step_view
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY

SOURCE = '{% import "forms/step.html" as form %}{{ form.fields(view, "/x/") }}'
PAGES = ["plain", "blocks", "rows"]
pytestmark = pytest.mark.django_db


def view_of(step, answers=RIGHT, problems=(), **more):
    return step_view(EVERY, step, answers, problems, "en", on=TODAY, **more)


def drawn(view):
    with override("en"):
        return Page(engines["jinja2"].env.from_string(SOURCE).render(view=view))


def fields(page):
    return {a["data-field"]: a for tag, a in page.elements if tag == "div" and "data-field" in a}


def buttons(page):
    return {(a.get("name"), a.get("value")) for a in page.all("button")}


@pytest.mark.parametrize("step", PAGES)
@pytest.mark.parametrize("answers", [RIGHT, {"one_of": "b"}], ids=["filled", "empty"])
def test_every_control_has_its_label_and_every_id_is_its_own(step, answers):
    page = drawn(view_of(step, answers))
    assert len(set(page.ids())) == len(page.ids())
    labels = {label.get("for") for label in page.all("label")}
    for control in page.all("input") + page.all("select") + page.all("textarea"):
        assert control.get("type") == "hidden" or control["id"] in labels
    for _tag, attrs in page.elements:
        assert set(attrs.get("aria-describedby", "").split()) <= set(page.ids())
        assert "style" not in attrs


def test_what_is_hidden_is_drawn_with_its_condition_and_not_listed_as_shown():
    view = view_of("plain", {**RIGHT, "agreed": False})
    wired = fields(drawn(view))["email"]
    assert "hidden" in wired
    assert json.loads(unescape(wired["data-show"])) == ["name", "boolean", "agreed"]
    assert "email" not in view.shown.split()
    assert "agreed" in view.shown.split()
    assert "hidden" not in fields(drawn(view_of("plain")))["email"]


def test_only_answers_that_conditions_ask_about_come_from_earlier_pages():
    assert dict(view_of("rows").known) == {"begins": "2026-01-31"}
    assert dict(view_of("blocks").known) == {}


def test_rows_hold_their_boxes_their_number_and_a_way_to_remove_them():
    page = drawn(view_of("rows"))
    boxes = {a["name"]: a.get("value") for a in page.all("input") if "name" in a}
    assert boxes["goods.rows"] == "2"
    assert boxes["goods.0.item"] == "Gạo"
    assert boxes["goods.0.price"] == "20,000"
    assert boxes["children.0.who.birth_date-day"] == "2"
    wanted = {("add", "goods"), ("remove", "goods.1"), ("remove", "children.0")}
    assert wanted <= buttons(page)


def test_as_many_rows_as_are_wanted_stand_ready_and_none_of_them_can_go():
    page = drawn(view_of("rows", {"one_of": "b"}))
    boxes = {a["name"]: a.get("value") for a in page.all("input") if "name" in a}
    assert boxes["goods.rows"] == "1"
    assert boxes["children.rows"] == "0"
    assert ("remove", "goods.0") not in buttons(page)


def test_a_row_just_added_takes_the_focus_and_one_removed_is_told():
    answers = {**RIGHT, "goods": [*RIGHT["goods"], {}]}
    page = drawn(view_of("rows", answers, beside=Beside(added="goods")))
    assert [a["name"] for a in page.all("input") if "autofocus" in a] == ["goods.2.item"]
    told = drawn(view_of("rows", beside=Beside(removed="children.1")))
    assert "Child 2 is removed." in told.text


def test_a_problem_in_a_row_stands_at_its_box_and_names_the_row():
    view = view_of("rows", problems=[Problem("goods.1.price", "Enter {label}")])
    page = drawn(view)
    (line,) = view.problems
    assert line["at"] == "goods.1.price"
    assert line["message"].startswith("Item 2: ")
    (box,) = (a for a in page.all("input") if a.get("id") == "goods.1.price")
    assert box["aria-invalid"] == "true"
    whole = drawn(view_of("rows", problems=[Problem("goods.1", "Check {label}")]))
    assert "goods.1-error" in whole.ids()


def test_many_filled_rows_are_folded_but_not_one_with_a_problem():
    child = RIGHT["children"][0]
    answers = {**RIGHT, "children": [child] * 5}
    folded = drawn(view_of("rows", answers))
    assert sum(a.get("class") == "mc-fold" for a in folded.all("details")) == 5
    wrong = view_of("rows", answers, problems=[Problem("children.3.who.name", "Enter {label}")])
    assert sum(a.get("class") == "mc-fold" for a in drawn(wrong).all("details")) == 4


def test_files_are_named_and_can_be_removed():
    known = {"f1": FileView("f1", "front.jpg", "/tep/f1/")}
    page = drawn(view_of("blocks", beside=Beside(files=known)))
    assert "front.jpg" in page.text
    assert ("remove", "papers.f1") in buttons(page)
    assert [a["value"] for a in page.all("input") if a.get("name") == "papers"] == ["f1", "f2"]


def test_a_map_is_offered_only_where_one_is_set(settings):
    assert not any("data-map" in a for a in drawn(view_of("blocks")).all("a"))
    settings.MAP_ADDRESS = "https://map.example/?{lat}/{lng}"
    (link,) = (a for a in drawn(view_of("blocks")).all("a") if "data-map" in a)
    assert link["href"] == "https://map.example/?16.4637/107.5909"


def test_what_is_worked_out_is_said_as_people_write_it():
    page = drawn(view_of("rows"))
    assert "140,000" in page.text
    assert "10/2/2026" in page.text
