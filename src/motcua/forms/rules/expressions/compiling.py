"""The door of the language: an expression checked, compiled and ready to be asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from motcua.forms.rules.expressions.checker import Checker
from motcua.forms.rules.expressions.checking import RULES
from motcua.forms.rules.expressions.evaluating import closure_of
from motcua.forms.rules.expressions.flaws import BadExpression, ExpressionFlaw
from motcua.forms.rules.expressions.moments import Answers, Closure, Moment
from motcua.forms.rules.expressions.nodes import Node, names_in
from motcua.forms.rules.expressions.numbers import decimal_from
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.expressions.trees import Tree, tree_of
from motcua.forms.rules.expressions.types import CASE, Name, Scope, Type

Value = Decimal | str | bool | date | list[Any] | dict[str, Any] | None
"""What an expression can be: a number is a Decimal; None is empty."""


@dataclass(frozen=True, slots=True)
class Expression:
    """
    An expression without flaws.

    :param text: as it was written
    :param type: the type of its value
    :param names: the names it asks, as written (``father.sex``, columns too), without ``case``
    :param tree: what the page evaluates, as JSON lists; not to be changed
    """

    text: str
    type: Type
    names: frozenset[str]
    tree: Tree
    _asked: Closure

    def value(
        self,
        answers: Answers,
        *,
        today: date,
        row: Answers | None = None,
        case: str | None = None,
    ) -> Value:
        """
        Return the value, or None where it is empty. Never raises, whatever the answers are.

        :param answers: JSON of the fields that are shown; a hidden field is left out
        :param row: the row of a table that the expression is asked of: its columns come first
        :param case: the pack's case, where the scope knows ``case``
        """
        value = self._asked(Moment(answers, today, row, case))
        if self.type is Type.NUMBER and value is not None:
            return decimal_from(value)
        return value  # type: ignore[no-any-return]

    def holds(
        self,
        answers: Answers,
        *,
        today: date,
        row: Answers | None = None,
        case: str | None = None,
    ) -> bool:
        """Tell whether a condition is true; empty is false."""
        return self._asked(Moment(answers, today, row, case)) is True


def flaws(
    text: str, scope: Scope, wanted: Type | None = None, *, later: Collection[str] = ()
) -> tuple[ExpressionFlaw, ...]:
    """
    Return what is wrong with an expression, in the order of its text; nothing: it can be compiled.

    :param wanted: the type that its value must have; None: any
    :param later: names that exist but come later in the form, so that the flaw can say so
    """
    try:
        node = parse(text)
    except BadExpression as refused:
        return (refused.flaw,)
    checker = Checker(RULES, scope, later)
    if wanted is None:
        checker.type_of(node)
    else:
        checker.want(node, wanted)
    return tuple(sorted(checker.flaws, key=lambda flaw: flaw.column))


def compiled(text: str, scope: Scope) -> Expression:
    """
    Return the expression ready to be asked; remembered by its text and the names it asks.

    :raises BadExpression: with the first of its `flaws`
    """
    node = parse(text)
    asked = sorted({*names_in(node)})
    try:
        return _compiled(text, tuple((name, scope[name]) for name in asked if name in scope))
    except BadExpression:
        raise BadExpression(flaws(text, scope)[0]) from None


@lru_cache(maxsize=4096)
def _compiled(text: str, known: tuple[tuple[str, Name], ...]) -> Expression:
    node, scope = parse(text), dict(known)
    type_ = _checked(node, scope)
    tree = tree_of(node, scope)
    names = frozenset(names_in(node)) - {CASE}
    return Expression(text, type_, names, tree, closure_of(tree))


def _checked(node: Node, scope: Mapping[str, Name]) -> Type:
    checker = Checker(RULES, scope, ())
    type_ = checker.type_of(node)
    if checker.flaws:
        raise BadExpression(min(checker.flaws, key=lambda flaw: flaw.column))
    assert type_ is not None
    return type_
