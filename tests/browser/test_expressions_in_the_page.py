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
from motcua.forms.rules.expressions.lexing import LONGEST
from motcua.forms.tests import answers as a
from motcua.forms.tests.expressions import SCOPE, expressions, printed

SCRIPT = Path(motcua.forms.__file__).parent / "static/motcua/forms/expressions.js"
PAIRS = 4000
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
    return [found.isoformat()] * 2 if isinstance(found, date) else [found] * 2


def pairs():
    """Make as many (text, answers, moment) as asked, of every type of expression alike."""
    kinds = st.sampled_from([Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATE])
    texts = kinds.flatmap(lambda k: expressions(k, 2) | expressions(k)).map(printed)
    moments = st.fixed_dictionaries({"today": a.real_days, "row": a.rows, "case": a.cases})
    made = []

    @settings(max_examples=PAIRS, phases=[Phase.generate], database=None)
    @given(texts.filter(lambda text: len(text) <= LONGEST), a.answers, moments)
    def make(text, answers, moment):
        made.append((text, answers, moment))

    make()
    return made


def test_the_page_and_the_server_agree_on_every_expression(page):
    made, differ = pairs(), []
    assert len(made) >= PAIRS / 2
    for start in range(0, len(made), 1000):
        batch = made[start : start + 1000]
        asked = [
            {"tree": compiled(text, SCOPE).tree, "answers": answers, "moment": moment}
            for text, answers, moment in batch
        ]
        found = json.loads(page.evaluate(EVALUATE, json.dumps(asked)))
        differ += [
            (*each, there, here)
            for each, there in zip(batch, found, strict=True)
            if there != (here := on_the_server(*each))
        ]
    assert min(differ, key=lambda each: len(repr(each)), default=None) is None
