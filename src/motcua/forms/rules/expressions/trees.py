"""
The typed tree of an expression: JSON lists that the server's closures and the page are made of.

``["number", "500000"]`` (millionths) · ``["text", "a"]`` · ``["empty"]`` · ``["true"]`` ·
``["false"]`` · ``["today"]`` · ``["date", "2026-01-31"]`` · ``["case"]`` · ``["name", type, id]`` ·
``["column", type, id]`` (of the row an aggregate is at) · ``["minus", a]`` ·
``["chain", a, "+", b, "-", c]`` · ``["=", a, b]`` and the other comparisons · ``["in", a, b, …]`` ·
``["not", a]`` · ``["and", a, b, …]`` · ``["or", …]`` · ``["if", condition, value, …, otherwise]`` ·
``["years", a, b]`` and the other functions, ``["count_if", rows, condition]`` for that form.
The type ``partial`` is that of a date of which only the month or year may be known.
"""

from collections.abc import Mapping
from typing import Any

from motcua.forms.rules.expressions.functions import function
from motcua.forms.rules.expressions.nodes import (
    Call,
    Chain,
    Choose,
    Comparison,
    Logic,
    Minus,
    Node,
    Not,
    Number,
    OneOf,
    Reference,
    Text,
    Truth,
)
from motcua.forms.rules.expressions.types import CASE, Name, Scope, found

Tree = list[Any]
PARTIAL = "partial"


def tree_of(node: Node, scope: Scope, columns: Mapping[str, Name] | None = None) -> Tree:
    """Return the tree of a node without flaws; ``columns`` are those of an aggregate around it."""
    if isinstance(node, Reference):
        return _reference(node.name, scope, columns)
    if isinstance(node, Call):
        return _call(node, scope, columns)
    parts = [tree_of(each, scope, columns) for each in node.inner]
    return _operator(node, parts) if parts else _literal(node)


def _literal(node: Node) -> Tree:
    match node:
        case Number(scaled):
            return ["number", str(scaled)]
        case Text(value):
            return ["text", value] if value else ["empty"]
        case Truth(value):
            return ["true" if value else "false"]
        case _:
            return ["today"]


def _operator(node: Node, parts: list[Tree]) -> Tree:
    match node:
        case Chain(_, rest):
            signs = [sign for sign, _ in rest]
            return [
                "chain",
                parts[0],
                *(each for pair in zip(signs, parts[1:], strict=True) for each in pair),
            ]
        case Comparison(operator):
            return [operator, *parts]
        case Logic(word):
            return [word, *parts]
        case _:
            return [_WORDS[type(node)], *parts]


_WORDS: Mapping[type[Node], str] = {Minus: "minus", OneOf: "in", Not: "not", Choose: "if"}


def _reference(
    name: str, scope: Scope, columns: Mapping[str, Name] | None, *, partial: bool = False
) -> Tree:
    here = found(name, scope, columns)
    assert here is not None
    if here.column:
        where = "column"
    elif name == CASE:
        return ["case"]
    else:
        where = "name"
    return [where, PARTIAL if partial and here.name.partial else str(here.name.type), name]


def _call(node: Call, scope: Scope, columns: Mapping[str, Name] | None) -> Tree:
    called = function(node.function, len(node.arguments))
    assert called is not None
    if called.literal:
        (written,) = node.arguments
        assert isinstance(written, Text)
        return [called.name, written.value]
    if called.over_rows:
        rows, asked = node.arguments
        assert isinstance(rows, Reference)
        word = "count_if" if called.name == "count" else called.name
        inside = scope[rows.name].columns or {}
        return [word, tree_of(rows, scope), tree_of(asked, scope, inside)]
    if called.partial and isinstance(asked := node.arguments[0], Reference):
        return [called.name, _reference(asked.name, scope, columns, partial=True)]
    return [called.name, *(tree_of(each, scope, columns) for each in node.arguments)]
