"""Answers that no person gives: refused at their place, quickly, and the rest is judged as ever."""

import json

import pytest

from motcua.forms.queries.forms import problem_text
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.showing import seen
from motcua.forms.rules.values import LONGEST, fits
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY

DEEP = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10_000_000,
        "\ud800",
        "a\udfffb",
        float("nan"),
        float("inf"),
        10**4000,
        -(10**30),
        DEEP,
        {"a": DEEP},
        ["x"] * 1_000_000,
        {str(n): n for n in range(5000)},
        {"\ud800": 1},
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("name", ["name", "count_of", "place", "goods", "some_of", "site"])
def test_what_is_no_answer_is_refused_at_its_place_and_nothing_else_is(name, value):
    answers = {**RIGHT, name: value}
    found = problems_in(EVERY, answers, on=TODAY)
    assert {problem.field.partition(".")[0] for problem in found} == {name}
    for problem in found:
        assert len(problem_text(EVERY, problem, "vi").encode()) < 1000
    kept = seen(EVERY, answers, on=TODAY)
    assert len(json.dumps(kept).encode()) < 5000
    assert kept.keys() >= RIGHT.keys() - {name}


def test_what_nobody_asks_is_named_however_it_is_called():
    answers = {**RIGHT, "x{y}": 1, "z" * 1_000_000: 2, "\ud800": 3, "hello": 4}
    texts = [problem_text(EVERY, p, "en") for p in problems_in(EVERY, answers, on=TODAY)]
    assert texts == [
        "This form does not ask for “hello”: leave it out",
        "This form does not ask for “x{y}”: leave it out",
        f"This form does not ask for “{'z' * 60}…”: leave it out",
        "This form does not ask for “?”: leave it out",
    ]


def test_a_part_that_is_not_asked_is_named():
    answers = {**RIGHT, "person": {**RIGHT["person"], "sex": "male"}}
    (problem,) = problems_in(EVERY, answers, on=TODAY)
    assert problem.field == "person.sex"
    assert "sex" not in seen(EVERY, answers, on=TODAY)["person"]


def test_thousands_of_unknown_names_are_not_all_repeated():
    answers = {**RIGHT, **{f"x{number}": 1 for number in range(10_000)}}
    assert len(problems_in(EVERY, answers, on=TODAY)) == 50


def test_texts_are_answers_up_to_a_length_that_no_form_asks():
    assert fits("x" * LONGEST)
    assert not fits("x" * (LONGEST + 1))
    long = {**RIGHT, "story_of_all": "x" * LONGEST}
    (problem,) = problems_in(EVERY, long, on=TODAY)
    assert problem_text(EVERY, problem, "en") == "Shorten story_of_all to 4000 characters at most"
