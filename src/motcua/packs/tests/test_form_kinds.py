"""A form of many kinds of fields and conditions, and the flaws a pack may have."""

from copy import deepcopy
from datetime import date

import pytest

from motcua.forms.queries.forms import problem_text, step_view
from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import clean
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue, shown_value
from motcua.forms.rules.showing import visible_fields
from motcua.packs.rules.charges import fees_for
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.lint.whole import flaws_of
from motcua.packs.rules.source import Source
from motcua.packs.tests.shipped import shipped

TODAY = date(2026, 11, 24)


def w(text):
    return {"vi": f"{text} vi", "en": text}


def options(*values):
    return [{"value": value, "label": w(value)} for value in values]


FIELDS = [
    {"id": "office", "kind": "address", "parts": ["province", "commune"]},
    {"id": "goods", "kind": "choices", "options": options("rice", "fish", "salt")},
    {"id": "how_many", "kind": "number", "show": 'goods contains "fish"'},
    {"id": "note", "kind": "text", "required": "how_many >= 3"},
    {"id": "few", "kind": "yes_no", "required": False, "show": "how_many <= 2"},
    {
        "id": "either",
        "kind": "date",
        "checks": ["not_past"],
        "required": False,
        "show": "present(note) or few",
    },
    {
        "id": "both",
        "kind": "money",
        "required": False,
        "show": 'goods contains "rice" and not (office.commune in ("00004"))',
    },
]
DOCUMENT = {
    "procedure": {
        "code": "9.000009",
        "level": "commune",
        "title": w("Goods"),
        "summary": w("Goods"),
        "valid_from": "2026-01-01",
        "channels": ["online"],
        "applicants": ["citizen"],
        "unit_field": "office",
        "limits": [{"limit": {"amount": 1, "unit": "working_days"}}],
        "papers": [],
        "fees": [{"code": "each", "name": w("Each"), "amount": 5, "times": "how_many"}],
        "results": [{"code": "KQ.G01.000001", "name": w("Paper"), "template": "result.typ"}],
        "declaration": w("True"),
        "legal": [{"code": "1/2020", "name": w("Law")}],
    },
    "form": {
        "steps": [
            {
                "id": "only",
                "title": w("Only"),
                "sections": [{"fields": [{**f, "label": w(f["id"])} for f in FIELDS]}],
            }
        ]
    },
    "workflow": {
        "steps": [
            {"id": role, "name": w(role), "role": role.rstrip("_")}
            for role in ("clerk", "leader", "clerk_")
        ]
    },
    "templates": {"result.typ": "= x"},
    "lists": {},
    "examples": {},
}
PACK = pack_from(DOCUMENT, version="x")
PLACE = {"province": "01", "commune": "00004"}


def shown(answers):
    return [field.id for field in visible_fields(PACK.form, "only", answers, on=TODAY)]


def fees(answers):
    return fees_for(PACK, answers, channel=Channel.ONLINE, on=TODAY)


def flaws(change):
    """Return the flaws of the pack after ``change`` of (its fields, its procedure)."""
    document = deepcopy(DOCUMENT)
    change(document["form"]["steps"][0]["sections"][0]["fields"], document["procedure"])
    return [flaw.message.format(**flaw.facts) for flaw in flaws_of(Source(document, {}))]


def test_the_form_has_no_flaw():
    assert flaws(lambda _f, _p: None) == []


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, []),
        ({"goods": ["salt"], "office": PLACE}, []),
        ({"goods": ["fish"], "how_many": 3}, ["how_many"]),
        ({"goods": ["fish"], "how_many": 2, "few": True}, ["how_many", "few", "either"]),
        ({"goods": ["salt"], "note": "x"}, ["either"]),
        ({"goods": ["rice"], "office": PLACE}, []),
        ({"goods": ["rice"], "office": {"province": "01"}}, ["both"]),
    ],
)
def test_questions_follow_from_earlier_answers(answers, more):
    assert set(shown(answers)) == {"office", "goods", "note", *more}


def test_a_rule_may_require_an_answer_only_sometimes():
    few = {"office": PLACE, "goods": ["fish"], "how_many": 2}
    assert problems_in(PACK.form, few, on=TODAY) == ()
    (problem,) = problems_in(PACK.form, few | {"how_many": 3}, on=TODAY)
    assert (problem.field, problem.missing) == ("note", True)


def test_what_depends_on_a_hidden_question_is_hidden_and_costs_nothing():
    answers = {"goods": ["salt"], "how_many": 9}
    assert "few" not in shown(answers)
    assert fees(answers) == ()
    assert fees({"goods": ["fish"], "how_many": 9})[0].amount.amount == 45


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("goods", ["iron"], "Choose goods"),
        ("goods", "fish", "Choose goods"),
        ("goods", [], "Choose goods"),
        ("office", "01", "Check office: this form cannot use what was entered"),
        ("office", {**PLACE, "street": "x"}, "This form does not ask for “office.street”"),
        ("office", {"province": "1", "commune": "00004"}, "Choose province or city (office)"),
        ("either", "2026-11-23", "either cannot be before today"),
        ("how_many", 10**10, "how_many: at most 1000000000"),
        ("how_many", -1, "how_many: at least 0"),
        ("note", "x" * 201, "Shorten note to 200 characters at most"),
        ("few", "perhaps", "Answer: few"),
    ],
)
def test_each_kind_says_what_is_wrong_with_it(field, value, said):
    right = {"office": PLACE, "goods": ["fish"], "how_many": 2, "few": True, "note": "x"}
    (problem,) = problems_in(PACK.form, right | {field: value}, on=TODAY)
    assert problem_text(PACK.form, problem, "en").startswith(said)


def test_what_no_form_asks_is_named():
    (problem,) = (p for p in problems_in(PACK.form, {"x{y}": 1}, on=TODAY) if p.field == "x{y}")
    assert problem_text(PACK.form, problem, "en") == (
        "This form does not ask for “x{y}”: leave it out"
    )


def test_several_choices_are_kept_drawn_and_said(db):
    answers = clean(PACK.form, "only", {"goods": ["fish", "fish", "", "rice"]})
    assert answers["goods"] == ["fish", "rice"]
    goods = PACK.form.fields[1]
    assert typed(goods, answers) == {"goods": ["fish", "rice"]}
    assert shown_value(goods, answers["goods"], Tongue("en")) == "fish, rice"
    (view,) = (
        field
        for section in step_view(PACK.form, "only", answers, (), "en", on=TODAY).sections
        for field in section.fields
        if field.name == "goods"
    )
    assert (view.control, view.value) == ("checkboxes", ("fish", "rice"))


def test_a_day_can_come_in_one_piece():
    assert clean(PACK.form, "only", {"either": ["2026-12-01"]})["either"] == "2026-12-01"


def test_a_person_not_born_yet_and_a_phone_of_no_network_are_named():
    pack = shipped("1.004873")
    unborn = {"name": "Nguyễn Văn An", "id": "046126003718", "birth_date": "2026-12-01"}
    answers = {"subject": {**unborn, "sex": "male"}, "phone": "+8411111111"}
    found = {p.field for p in problems_in(pack.form, answers, "person", on=TODAY) if not p.missing}
    assert {"subject.birth_date", "phone"} <= found
