"""The house stays small: short files, short functions, no door without a person behind it."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src" / "motcua"
FILES = [p for p in HOUSE.rglob("*.py") if "migrations" not in p.parts]
QUERIES = [
    p for p in FILES if "tests" not in p.parts and ("queries" in p.parts or p.name == "queries.py")
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_file_fits_in_a_reading(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_every_question_knows_who_asks_or_is_public_on_purpose(path):
    """A public query takes keyword ``by``, or carries ``@public`` / ``@for_rooms``."""
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        marks = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
        asks = {a.arg for a in node.args.kwonlyargs}
        assert "by" in asks or marks & {"public", "for_rooms"}, node.name
