"""The page `docs/expressions.md` says what the code does."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.forms.queries.expressions import FUNCTIONS, Name, Type, compiled, flaws
from motcua.forms.rules.expressions.functions import ANY
from motcua.forms.rules.expressions.lexing import LONGEST, WORDS
from motcua.forms.rules.expressions.reading import DEEPEST
from motcua.forms.tests.expressions import TODAY

PAGE = (Path(__file__).parents[4] / "docs" / "expressions.md").read_text()
MEMBERS = {"born": Name(Type.DATE)}
GOODS = {"price": Name(Type.NUMBER), "quantity": Name(Type.NUMBER)}
SCOPE = {
    "relation": Name(Type.TEXT),
    "father_declared": Name(Type.BOOLEAN),
    "birth_proof": Name(Type.TEXT),
    "goods_kind": Name(Type.TEXTS),
    "child_birth_date": Name(Type.DATE, partial=True),
    "goods": Name(Type.ROWS, columns=GOODS),
    "members": Name(Type.ROWS, columns=MEMBERS),
    "area": Name(Type.NUMBER),
    "note": Name(Type.TEXT),
    "father.name": Name(Type.TEXT),
}
VALUES = re.findall(r"^\| `([^`]+)` \| `(\{.*?\})` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
BLOCK = re.findall(r"```expression\n(.*?)```", PAGE, re.DOTALL)


def row(function):
    """Return a function's line of the table."""
    takes = ["anything" if types == ANY else " or ".join(sorted(types)) for types in function.takes]
    more = ", …" if function.more else ""
    gives = function.gives or "the same"
    return f"| `{function.usage}` | {', '.join(takes)}{more} | {gives} | {function.meaning} |"


def test_the_table_of_functions_is_that_of_the_code():
    table = PAGE.split("functions.py -->\n")[1].split("\n<!-- end -->")[0]
    assert table.splitlines()[2:] == [row(each) for each in FUNCTIONS]


@pytest.mark.parametrize("text", [line for block in BLOCK for line in block.splitlines()])
def test_every_example_can_be_used(text):
    assert flaws(text, SCOPE) == ()


@pytest.mark.parametrize(("text", "answers", "value"), VALUES)
def test_every_value_on_the_page_is_what_is_found(text, answers, value):
    found = compiled(text, SCOPE).value(json.loads(answers), today=TODAY)
    expected = None if value == "empty" else json.loads(value, parse_float=Decimal)
    assert found == expected
    assert (found is None) == (expected is None)


def test_the_page_has_examples_and_the_limits_of_the_code():
    assert len(VALUES) > 25
    assert len(BLOCK[0].splitlines()) > 5
    assert f"{LONGEST:,} characters" in PAGE
    assert f"at most {DEEPEST} deep" in PAGE
    assert all(f"`{word}" in PAGE or f'"{word}"' in PAGE for word in WORDS)
