"""Problems that would read alike name what they are about: in the summary each is a link."""

import pytest

from motcua.forms.queries.forms import problem_texts, step_view
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.messages import NOT_A_PHONE
from motcua.forms.tests.every_kind import TODAY, field, form_of, step, w

PHONES = {
    "name": w("child"),
    "most": 3,
    "columns": [field("home", "phone"), field("work", "phone")],
}
FORM = form_of(
    step(
        "buyer",
        field("phone", "phone"),
        field("spare", "phone"),
        field("name", "text"),
        field("children", "table", rows=PHONES),
    ),
    step("seller", {**field("other_name", "text"), "label": w("name")}),
)
REAL = "Enter a real phone number, for example 091 234 56 78"


def said(*found):
    problems = [Problem(at, message, missing=True) for at, message in found]
    return list(problem_texts(FORM, problems, "en"))


@pytest.mark.parametrize("at", ["phone", "children.1.work"])
def test_one_problem_is_said_as_ever(at):
    (text,) = said((at, NOT_A_PHONE))
    assert text.endswith(REAL)
    assert "work" not in text


def test_two_that_read_alike_name_their_fields():
    told = said(("phone", NOT_A_PHONE), ("spare", NOT_A_PHONE), ("name", "Enter {label}"))
    assert told == [f"phone: {REAL}", f"spare: {REAL}", "Enter name"]


def test_in_a_row_the_row_comes_first():
    told = said(("children.1.home", NOT_A_PHONE), ("children.1.work", NOT_A_PHONE))
    assert told == [f"Child 2: home: {REAL}", f"Child 2: work: {REAL}"]
    told = said(("children.0.home", NOT_A_PHONE), ("children.1.home", NOT_A_PHONE))
    assert told == [f"Child 1: {REAL}", f"Child 2: {REAL}"], "told apart already"


def test_fields_that_are_called_alike_name_what_they_stand_under():
    told = said(("name", "Enter {label}"), ("other_name", "Enter {label}"))
    assert told == ["buyer: Enter name", "seller: Enter name"]


def test_what_has_no_place_in_the_form_stays_as_it_is():
    assert said(("gone", "Leave it out"), ("lost", "Leave it out")) == ["Leave it out"] * 2


def test_the_summary_of_a_page_says_them_so():
    wrong = [Problem(at, NOT_A_PHONE) for at in ("phone", "spare", "phone")]
    view = step_view(FORM, "buyer", {}, wrong, "en", on=TODAY)
    assert [each["message"] for each in view.problems] == [f"phone: {REAL}", f"spare: {REAL}"]
