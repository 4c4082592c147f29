"""What holds of every form and all answers."""

import json

from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import ADD, REMOVE, clean, rows_changed
from motcua.forms.rules.definition import Kind
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue
from motcua.forms.rules.schema import validator_of
from motcua.forms.rules.showing import computed, look, seen, visible_fields, visible_steps
from motcua.forms.rules.summary import named_units, sections_of, values_for_result
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY, field, form_of
from motcua.forms.tests.people import any_answers, names_of, posted_pages

SIXTEEN = st.dictionaries(st.sampled_from("abcdefgh"), st.booleans())


def boxes_of(fields, answers):
    """What the boxes of a page hold when these answers are shown again."""
    boxes = {}
    for each in fields:
        boxes |= typed(each, answers)
    return boxes


@given(posted_pages())
def test_what_was_typed_is_shown_again_and_means_the_same(page):
    step, posted = page
    answers = clean(EVERY, step.id, posted)
    assert clean(EVERY, step.id, boxes_of(step.fields, answers)) == answers


@given(posted_pages())
def test_nothing_typed_is_lost(page):
    """Every letter typed in a box stands in some box of the page shown again."""
    step, posted = page
    answers = clean(EVERY, step.id, posted)
    again = "".join("".join(each) for each in boxes_of(step.fields, answers).values())
    for name, values in posted.items():
        text = values[-1].replace("\x00", "").strip()
        if text.isascii() and not any(letter.isdigit() for letter in text):
            letters = [letter for letter in text if letter.isalpha() and letter not in "NBEneb"]
            assert all(letter in again for letter in letters), name


@given(any_answers())
def test_whatever_is_sent_gets_an_answer_and_never_an_error(answers):
    problems_in(EVERY, answers, on=TODAY)
    computed(EVERY, answers, on=TODAY)
    named_units(EVERY, answers)
    sections_of(EVERY, answers, Tongue("vi"), on=TODAY)
    values_for_result(EVERY, answers, Tongue("en"), on=TODAY)
    for step in EVERY.steps:
        boxes = boxes_of(step.fields, answers)
        "".join(text for texts in boxes.values() for text in texts).encode()
        clean(EVERY, step.id, boxes)


@given(any_answers())
def test_what_is_seen_is_fit_to_be_kept_and_seen_again_it_is_the_same(answers):
    once = seen(EVERY, answers, on=TODAY)
    json.dumps(once, allow_nan=False).encode()
    assert seen(EVERY, once, on=TODAY) == once


@given(any_answers())
def test_answers_without_problems_fit_the_published_schema(answers):
    if not problems_in(EVERY, answers, on=TODAY):
        assert validator_of(EVERY).is_valid(seen(EVERY, answers, on=TODAY))


@given(any_answers())
def test_what_is_not_shown_is_neither_asked_for_nor_kept(answers):
    sight = look(EVERY, answers, on=TODAY)
    shown = {each.field.id for fields in sight.pages.values() for each in fields}
    asked = {
        p.field.partition(".")[0] for p in problems_in(EVERY, answers, on=TODAY) if p.field != "x"
    }
    assert sight.answers.keys() <= shown
    assert asked <= shown
    for fields in sight.pages.values():
        for each in fields:
            for row in each.rows:
                assert row.answers.keys() <= {column.field.id for column in row.columns}


@given(any_answers())
def test_the_pages_together_have_the_problems_of_the_whole(answers):
    steps = visible_steps(EVERY, answers, on=TODAY)
    pages = [p for s in steps for p in problems_in(EVERY, answers, s.id, on=TODAY)]
    whole = problems_in(EVERY, answers, on=TODAY)
    assert sorted(p.field for p in pages) == sorted(p.field for p in whole if p.field != "x")


@given(posted_pages(), st.sampled_from(["goods", "children"]))
def test_a_row_added_and_taken_away_again_leaves_all_as_it_was(page, table):
    step, posted = page
    before = clean(EVERY, step.id, posted)
    added = rows_changed(EVERY, step.id, {**posted, ADD: [table]})
    rows = added.get(table) or []
    if added == before:
        assert step.id != "rows" or len(rows) == 4
        return
    again = {**boxes_of(step.fields, added), REMOVE: [f"{table}.{len(rows) - 1}"]}
    assert rows_changed(EVERY, step.id, again) == before


@given(st.permutations(list("abcdefgh")), SIXTEEN)
def test_the_order_of_conditions_that_do_not_ask_one_another_does_not_matter(order, given_):
    """Each of eight fields hangs on the first alone: their order changes nothing but the order."""
    fields = [field(each, "yes_no", show="first or not present(first)") for each in order]
    form = form_of(field("first", "yes_no"), *fields)
    known = seen(form, {"first": given_.get("a", True), **given_}, on=TODAY)
    kept = given_ if given_.get("a", True) else {}
    assert known == {"first": given_.get("a", True), **kept}


@given(any_answers())
def test_a_page_shows_the_fields_that_are_seen_on_it(answers):
    sight = look(EVERY, answers, on=TODAY)
    for step in EVERY.steps:
        fields = visible_fields(EVERY, step.id, answers, on=TODAY)
        assert [f.id for f in fields] == [s.field.id for s in sight.pages.get(step.id, ())]


def test_every_kind_stands_in_the_form():
    columns = {c.kind for f in EVERY.fields if f.rows for c in f.rows.columns}
    assert {f.kind for f in EVERY.fields} | columns == set(Kind)
    assert names_of(EVERY.fields[0]) == ["name"]
    assert problems_in(EVERY, RIGHT, on=TODAY) == ()
