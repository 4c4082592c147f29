"""A form of every kind of field, and conditions of every shape."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.queries.forms import problem_text, step_view
from motcua.forms.rules.cleaning import clean, typed
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.showing import holds, visible_fields
from motcua.forms.rules.summary import shown_value
from motcua.packs.operations.reading import pack_schema
from motcua.packs.rules.charges import fees_for
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.flaws import flaws_in
from motcua.packs.tests.shipped import shipped

TODAY = date(2026, 11, 24)


def w(text):
    return {"vi": f"{text} vi", "en": text}


def options(*values):
    return [{"value": value, "label": w(value)} for value in values]


FIELDS = [
    {"id": "office", "kind": "address", "parts": ["province", "commune"]},
    {"id": "goods", "kind": "choices", "options": options("rice", "fish", "salt")},
    {"id": "how_many", "kind": "number", "show": {"field": "goods", "contains": "fish"}},
    {"id": "note", "kind": "text", "required": {"field": "how_many", "at_least": 3}},
    {"id": "few", "kind": "yes_no", "required": False, "show": {"field": "how_many", "at_most": 2}},
    {
        "id": "either",
        "kind": "date",
        "checks": ["not_past"],
        "required": False,
        "show": {"any": [{"field": "note", "present": True}, {"field": "few", "equals": True}]},
    },
    {
        "id": "both",
        "kind": "money",
        "required": False,
        "show": {"all": [{"field": "goods", "contains": "rice"}, {"not": {"field": "office.commune", "in": ["00004"]}}]},  # noqa: E501
    },
]  # fmt: skip
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
        "stages": [{"id": "all", "name": w("All"), "role": "clerk"}],
        "result": {"code": "KQ.G01.000001", "name": w("Paper"), "template": "result.typ"},
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
    "result": "= x",
}
PACK = pack_from(DOCUMENT, version="x")
PLACE = {"province": "01", "commune": "00004"}


def shown(answers):
    return [field.id for field in visible_fields(PACK.form, "only", answers)]


def flaws(change):
    """Return the flaws of the pack after ``change`` of (its fields, its procedure)."""
    document = deepcopy(DOCUMENT)
    change(document["form"]["steps"][0]["sections"][0]["fields"], document["procedure"])
    return [flaw.message for flaw in flaws_in(document, schema=pack_schema())]


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
    assert fees_for(PACK, answers) == ()
    assert fees_for(PACK, {"goods": ["fish"], "how_many": 9})[0].amount.amount == 45


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("goods", ["iron"], "Choose goods"),
        ("goods", "fish", "Choose goods"),
        ("goods", [], "Choose goods"),
        ("office", "01", "Check office: this form cannot use what was entered"),
        ("office", {**PLACE, "street": "x"}, "Check office: this form cannot use"),
        ("office", {"province": "1", "commune": "00004"}, "Choose province or city (office)"),
        ("either", "2026-11-23", "either cannot be before today"),
        ("how_many", 10**10, "how_many: at most 1000000000"),
        ("how_many", -1, "how_many: at least 0"),
        ("note", "x" * 201, "Shorten note to 200 characters at most"),
        ("note", "a\x01b", "Check note: this form cannot use what was entered"),
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
    assert shown_value(goods, answers["goods"], "en", {}) == "fish, rice"
    (view,) = (
        field
        for section in step_view(PACK.form, "only", answers, (), "en", on=TODAY).sections
        for field in section.fields
        if field.name == "goods"
    )
    assert (view.control, view.value, view.watched) == ("checkboxes", ("fish", "rice"), True)


def test_a_day_can_come_in_one_piece():
    assert clean(PACK.form, "only", {"either": ["2026-12-01"]})["either"] == "2026-12-01"


def deep(times):
    condition = {"field": "office", "present": True}
    for _ in range(times):
        condition = {"not": condition}
    return condition


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f, _p: f[1].update(options=options("rice", "fish", "fish")), "same value"),
        (lambda f, _p: f[1].pop("options"), "Only choices have options"),
        (lambda f, _p: f[3].update(options=options("a")), "Only choices have options"),
        (lambda f, _p: f[3].update(show=deep(9)), "more than 8 deep"),
        (lambda f, _p: f[3].update(show={"field": "office.street", "present": True}), "no part"),
        (lambda f, _p: f[3].update(show={"not": {"field": "goods", "contains": "x"}}), "offer x"),
        (lambda f, _p: f[3].update(schema={"pattern": "("}), "("),
        (lambda f, _p: f[0].update(optional_parts=["street"]), "Only these parts"),
        (lambda _f, p: p.update(level="province", unit_field="note"), "asks the province"),
        (lambda _f, p: p["limits"][0].update(when={"field": "note", "present": True}), "online"),
        (lambda _f, p: p["fees"][0].update(times="goods"), "not a number"),
        (lambda _f, p: p["fees"][0].update(when={"field": "nothing", "present": True}), "nothing"),
        (
            lambda _f, p: p["fees"][0].update(
                exempt=[{"when": {"any": [{"field": "goods", "in": ["x"]}]}, "reason": w("r")}]
            ),
            "does not offer x",
        ),
    ],
)
def test_a_flaw_is_found_wherever_it_stands(change, said):
    assert any(said in message for message in flaws(change)), flaws(change)


conditions = st.recursive(
    st.builds(
        lambda field, test: {"field": field, **test},
        st.sampled_from(["office", "office.commune", "goods", "how_many", "note", "few"]),
        st.sampled_from(
            [
                {"present": True},
                {"present": False},
                {"equals": "fish"},
                {"equals": True},
                {"in": ["fish", "00004"]},
                {"contains": "fish"},
                {"at_least": 2},
                {"at_most": 2},
            ]
        ),
    ),
    lambda inner: st.one_of(
        st.builds(lambda c: {"not": c}, inner),
        st.builds(lambda c: {"all": c}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda c: {"any": c}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
anything = st.dictionaries(
    st.sampled_from(["office", "goods", "how_many", "note", "few"]),
    st.none() | st.booleans() | st.integers() | st.sampled_from(["fish", "", PLACE, ["fish"], []]),
)


@given(conditions, conditions, anything)
def test_conditions_obey_the_laws_of_logic_whatever_the_answers(one, other, answers):
    def true(condition):
        return holds(condition, answers)

    assert true({"not": one}) is not true(one)
    assert true({"all": [one, other]}) == (true(one) and true(other))
    assert true({"any": [one, other]}) == (true(one) or true(other))
    assert true({"not": {"all": [one, other]}}) == true({"any": [{"not": one}, {"not": other}]})


def test_a_person_not_born_yet_and_a_phone_of_no_network_are_named():
    pack = shipped("1.004873")
    unborn = {"name": "Nguyễn Văn An", "id": "046126003718", "birth_date": "2026-12-01"}
    answers = {"subject": {**unborn, "sex": "male"}, "phone": "+8411111111"}
    found = {p.field for p in problems_in(pack.form, answers, "person", on=TODAY) if not p.missing}
    assert {"subject.birth_date", "phone"} <= found
