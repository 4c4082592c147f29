from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import clean
from motcua.forms.rules.definition import Kind
from motcua.forms.rules.prefilling import prefilled
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue
from motcua.forms.rules.schema import parts_of
from motcua.forms.rules.showing import seen, visible_fields, visible_steps
from motcua.forms.rules.summary import sections_of, values_for_result
from motcua.packs.rules.charges import fees_for, papers_for, total_of, unit_of
from motcua.packs.rules.demands import Channel
from motcua.packs.tests.shipped import CODES, VALID, example, example_of, name_of, shipped

TODAY = date(2026, 11, 24)
BOXES = ("day", "month", "year")
typing = st.one_of(
    st.sampled_from(["", "1", "31", "2", "2026", "yes", "no", "046192003718", "0912345678", "46"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def plain_fields(step):
    """Return the fields of a page with plain boxes: no rows, files or worked-out values."""
    without = (Kind.TABLE, Kind.GROUP, Kind.FILES, Kind.POINT, Kind.COMPUTED, Kind.NOTE)
    return [field for field in step.fields if field.kind not in without]


def names_of(field):
    """Return the posted names of a field's boxes."""
    if field.kind is Kind.DATE:
        return [f"{field.id}-{box}" for box in BOXES]
    names = []
    for part in parts_of(field):
        name = f"{field.id}.{part}"
        names += [f"{name}-{box}" for box in BOXES] if part == "birth_date" else [name]
    return names or [field.id]


@st.composite
def posted_pages(draw):
    """A page of a shipped pack, as somebody posts it: right, wrong, empty or absurd."""
    code = draw(st.sampled_from(CODES))
    place = draw(st.integers(0, len(shipped(code).form.steps) - 1))
    posted = {}
    for field in plain_fields(shipped(code).form.steps[place]):
        offered = [option.value for option in field.options]
        for name in names_of(field):
            value = draw(st.sampled_from(offered) if offered and draw(st.booleans()) else typing)
            posted[name] = [value]
    return code, place, posted


@st.composite
def any_answers(draw):
    """Answers as a program might send them: some right, some of a wrong shape."""
    pack, right, _on, _expect = example(draw(st.sampled_from(VALID)))
    wrong = draw(
        st.dictionaries(st.sampled_from([f.id for f in pack.form.fields]), junk, max_size=6)
    )
    return pack, {**right, **wrong}


@given(posted_pages())
def test_what_was_typed_is_shown_again_and_means_the_same(page):
    code, place, posted = page
    form = shipped(code).form
    step = form.steps[place]
    answers = clean(form, step.id, posted)
    again = {}
    for field in plain_fields(step):
        again |= typed(field, answers)
    assert clean(form, step.id, again) == answers


WRITTEN = {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}


@given(posted_pages())
def test_nothing_typed_is_lost(page):
    """Every letter or digit typed in a box is in the answer (numbers may lose leading zeros)."""
    code, place, posted = page
    step = shipped(code).form.steps[place]
    answers = clean(shipped(code).form, step.id, posted)
    for field in plain_fields(step):
        shown = "".join("".join(v) for v in typed(field, answers).values())
        for name in names_of(field):
            text = posted[name][0].replace("\x00", "").strip()
            kept = text.lstrip("0") if text.isdigit() else ""
            assert not text or shown or not kept, (field.id, text)
            if field.kind in WRITTEN and text.isascii() and text.isprintable():
                assert text in shown


@given(any_answers())
def test_whatever_is_sent_gets_an_answer_and_never_an_error(filing):
    pack, answers = filing
    problems_in(pack.form, answers, on=TODAY)
    papers_for(pack, answers, on=TODAY)
    unit_of(pack, answers)
    sections_of(pack.form, answers, Tongue("vi"), on=TODAY)
    values_for_result(pack.form, answers, Tongue("en"), on=TODAY)
    for step in pack.form.steps:
        for field in visible_fields(pack.form, step.id, answers, on=TODAY):
            typed(field, answers)


@given(any_answers())
def test_fees_are_never_negative_and_an_exempt_one_costs_nothing(filing):
    lines = fees_for(*filing, channel=Channel.ONLINE, on=TODAY)
    assert all(line.amount.amount >= 0 for line in lines)
    assert all(line.amount.amount == 0 for line in lines if line.exempt)
    assert total_of(lines).amount == sum(line.amount.amount for line in lines)


@given(any_answers())
def test_a_field_that_is_not_shown_is_never_asked_for(filing):
    pack, answers = filing
    shown = {
        f.id
        for s in visible_steps(pack.form, answers, on=TODAY)
        for f in visible_fields(pack.form, s.id, answers, on=TODAY)
    }
    asked = {p.field.partition(".")[0] for p in problems_in(pack.form, answers, on=TODAY)}
    answered = {f.id for f in pack.form.fields if f.kind is not Kind.NOTE}
    assert asked <= shown | (answers.keys() - answered)
    assert seen(pack.form, answers, on=TODAY).keys() <= shown


@given(any_answers())
def test_the_pages_together_have_the_problems_of_the_whole(filing):
    pack, answers = filing
    pages = [p for s in pack.form.steps for p in problems_in(pack.form, answers, s.id, on=TODAY)]
    whole = problems_in(pack.form, answers, on=TODAY)
    assert {p.field for p in pages} == {p.field for p in whole}
    assert len(pages) == len(whole)


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_leaving_out_any_required_answer_is_a_problem_there(path):
    pack, answers, on, _expect = example(path)
    for field in pack.form.fields:
        if field.required is True and field.id in answers:
            rest = {name: value for name, value in answers.items() if name != field.id}
            problems = problems_in(pack.form, rest, on=on)
            assert problems[0].field.partition(".")[0] == field.id
            assert problems[0].missing


def test_what_the_account_knows_is_filled_in_with_its_source():
    person = SimpleNamespace(
        name="Nguyễn Thị Hương",
        personal_id="046192003718",
        birth_date=date(1992, 3, 8),
        sex="female",
        phone="+84912345678",
        email="",
    )
    filled = prefilled(shipped("1.001193").form, person)
    assert filled.keys() == {"requester", "phone"}
    assert filled["requester"].value == {
        "name": "Nguyễn Thị Hương",
        "id": "046192003718",
        "birth_date": "1992-03-08",
        "sex": "female",
    }
    assert filled["phone"].source == "From your account"


def test_answers_are_read_back_as_people_say_them():
    pack, answers, _on, _expect = example(example_of("1.001193", "valid-mother-with-certificate"))
    units = {("province", "46"): "Thành phố Huế", ("commune", "19786"): "Phường Thuận Hóa"}
    lines = {
        line.field: line.value
        for section in sections_of(pack.form, answers, Tongue("vi", units), on=TODAY)
        for line in section.lines
    }
    assert lines["relation"] == "Mẹ"
    assert lines["surrogacy"] == "Không"
    assert lines["child_birth_date"] == "10/11/2026"
    assert lines["office"] == "Phường Thuận Hóa, Thành phố Huế"
    assert lines["mother"] == "Nguyễn Thị Hương\n046192003718\n08/03/1992"
    assert lines["phone"] == "0912 345 678"
    assert lines["email"] == ""
