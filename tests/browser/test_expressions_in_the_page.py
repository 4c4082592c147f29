"""The page evaluates expressions exactly as the server does."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import motcua.forms
from motcua.forms.queries.expressions import Type, compiled
from motcua.forms.rules.expressions.dates import date_from
from motcua.forms.rules.expressions.lexing import LONGEST
from motcua.forms.tests import answers as a
from motcua.forms.tests.expression_examples import EXAMPLES
from motcua.forms.tests.expressions import SCOPE, TODAY, expressions, printed

SCRIPT = Path(motcua.forms.__file__).parent / "static/motcua/forms/expressions.js"
MADE, EACH, BATCH = 1200, 5, 1000
EVALUATE = """
(batch) => JSON.stringify(JSON.parse(batch).map(({tree, answers, moment}) => {
  const exact = motcuaExpressions.exact(tree, answers, moment);
  const value = motcuaExpressions.value(tree, answers, moment);
  return [exact, value];
}))
"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def on_the_server(text, answers, moment):
    today = date.fromisoformat(moment["today"])
    found = compiled(text, SCOPE).value(answers, **{**moment, "today": today})
    if isinstance(found, Decimal):
        return [f"{found:f}", float(found)]
    return [found.isoformat() if isinstance(found, date) else found] * 2


def differing(page, asked):
    """Return what page and server say differently, of (text, answers, moment)."""
    found = []
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        sent = [
            {"tree": compiled(text, SCOPE).tree, "answers": answers, "moment": moment}
            for text, answers, moment in batch
        ]
        said = json.loads(page.evaluate(EVALUATE, json.dumps(sent)))
        found += [
            (*each, there, here)
            for each, there in zip(batch, said, strict=True)
            if there != (here := on_the_server(*each))
        ]
    return found


def pairs():
    """Make expressions of every type alike, each with several answers."""
    kinds = st.sampled_from([Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATE])
    texts = kinds.flatmap(lambda k: expressions(k, 2) | expressions(k)).map(printed)
    moments = st.fixed_dictionaries({"today": a.real_days, "row": a.rows, "case": a.cases})
    made = []

    @settings(max_examples=MADE, phases=[Phase.generate], database=None)
    @given(texts.filter(lambda text: len(text) <= LONGEST), a.answers, moments)
    def make(text, answers, moment):
        made.append((text, answers, moment))

    make()
    return [
        (text, *made[(place + more) % len(made)][1:])
        for place, (text, _, _) in enumerate(made)
        for more in range(EACH)
    ]


def test_the_page_and_the_server_agree_on_every_expression(page):
    asked = pairs()
    assert len(asked) > MADE
    differ = differing(page, asked)
    assert min(differ, key=lambda each: len(repr(each)), default=None) is None


def test_the_page_says_of_each_example_what_the_server_says(page):
    moment = {"today": TODAY.isoformat(), "row": None, "case": None}
    assert differing(page, [(text, answers, moment) for text, answers, _ in EXAMPLES]) == []


ENDS = [
    f"{year:04}-{month_and_day}"
    for year in (1, 1900, 2000, 2023, 2024, 9999)
    for month_and_day in ("01-31", "02-28", "02-29", "03-01", "04-30", "04-31", "11-30", "12-31")
]


def test_the_page_counts_days_months_and_years_as_the_server(page):
    days = [day for day in ENDS if date_from(day)]
    counted = [
        (f"{unit}(ended, today)", {"ended": start}, {"today": end, "row": None, "case": None})
        for unit in ("days", "months", "years")
        for start in ENDS
        for end in days
    ]
    assert differing(page, counted) == []


def test_the_page_knows_every_day_of_the_calendar(page):
    moment = {"today": "0001-01-01", "row": None, "case": None}
    text = "plus_days(today, area)"
    later = [(text, {"area": each}, moment) for each in range(-3, 3652100, 499)]
    ends = [(text, {"area": each}, moment) for each in (3652058, 3652059, 0.5)]
    around = [
        (text, {"area": each}, {**moment, "today": day})
        for day in ENDS
        if date_from(day)
        for each in range(-2, 3)
    ]
    assert differing(page, [*later, *ends, *around]) == []
