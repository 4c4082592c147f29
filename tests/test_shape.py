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


COUNTS = "motcua.backbone.limits.check_rate"
UNDONE = {"once", "one_transaction", "atomic"}


def _module(path):
    return ".".join(("motcua", *path.relative_to(HOUSE).with_suffix("").parts))


def _names_in(path):
    """Return what names of a file stand for, by their full names, and its functions by theirs."""
    tree, here = ast.parse(path.read_text()), _module(path)
    functions = {f"{here}.{n.name}": n for n in tree.body if isinstance(n, ast.FunctionDef)}
    known = {name.rpartition(".")[2]: name for name in functions}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            known |= {x.asname or x.name: f"{node.module}.{x.name}" for x in node.names}
    return known, functions


def _said(nodes):
    """Return the names that are used, the last part of dotted ones too."""
    inside = [n for node in nodes for n in ast.walk(node)]
    return {n.id for n in inside if isinstance(n, ast.Name)} | {
        n.attr for n in inside if isinstance(n, ast.Attribute)
    }


def _undone(function):
    """Return what a function does inside a transaction that a refusal undoes."""
    if _said(function.decorator_list) & UNDONE:
        return function.body
    blocks = [n for n in ast.walk(function) if isinstance(n, ast.With)]
    return [n for n in blocks if _said(x.context_expr for x in n.items) & UNDONE]


def test_tries_are_counted_where_no_refusal_undoes_the_count():
    """Nothing under ``once`` or in a transaction leads to ``check_rate``."""
    uses, inside = {}, {}
    for path in FILES:
        if "tests" not in path.parts:
            known, functions = _names_in(path)
            for name, node in functions.items():
                uses[name] = {known[n] for n in _said(node.body) if n in known}
                inside[name] = {known[n] for n in _said(_undone(node)) if n in known}
    counting = {COUNTS}
    while more := {name for name, used in uses.items() if used & counting} - counting:
        counting |= more
    assert len(counting) > 20
    assert not {name: used & counting for name, used in inside.items() if used & counting}
