"""The static check: every name is known, every part has a type, and the types fit."""

from collections.abc import Collection, Mapping

from motcua.forms.rules.expressions import checking_calls, checking_names
from motcua.forms.rules.expressions.checker import NEEDED, Checker, Rules, words
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
    Today,
    Truth,
)
from motcua.forms.rules.expressions.types import Type, found
from motcua.kernel.text import N_

NOT_COMPARED = N_("Here {left} is compared with {right}: make both sides the same")
NO_ORDER = N_("Conditions are not greater or less than each other: compare them with = or !=")
EMPTY_COMPARED = N_("Nothing equals an empty text: write present(…) or not present(…)")
BRANCHES = N_("After then and else stand {left} and {right}: make all branches the same")
USE_DAYS = N_("Dates are not added or subtracted: write days(from, to) or plus_days(d, n)")
USE_JOIN = N_("Texts are not added: write join(a, b)")


def _comparison(checker: Checker, node: Comparison) -> Type:
    if node.operator == "contains":
        checker.want(node.left, Type.TEXTS)
        checker.want(node.right, Type.TEXT)
    else:
        type_ = checker.same((node.left, node.right), NOT_COMPARED)
        if type_ is Type.BOOLEAN and node.operator not in ("=", "!="):
            checker.flaw(node, NO_ORDER)
    _literals(checker, node.left, (node.right,))
    _literals(checker, node.right, (node.left,))
    return Type.BOOLEAN


def _one_of(checker: Checker, node: OneOf) -> Type:
    checker.same((node.left, *node.values), NOT_COMPARED)
    _literals(checker, node.left, node.values)
    return Type.BOOLEAN


def _literals(checker: Checker, asked: Node, values: Collection[Node]) -> None:
    """Check the texts that a part is compared with: not empty, and offered if it is a choice."""
    name = None
    if isinstance(asked, Reference):
        name = found(asked.name, checker.scope, checker.columns)
    for value in values:
        if isinstance(value, Text) and not value.value:
            checker.flaw(value, EMPTY_COMPARED)
        elif isinstance(value, Text) and name is not None and name.name.options is not None:
            checking_names.offered(checker, value, name.name.options)


def _chain(checker: Checker, node: Chain) -> Type | None:
    types = [checker.type_of(part) for part in node.inner]
    flawed = [
        (part, type_)
        for part, type_ in zip(node.inner, types, strict=True)
        if type_ not in (Type.NUMBER, None)
    ]
    better = _INSTEAD if node.rest[0][0] in "+-" else {}
    for part, type_ in flawed:
        if type_ in better:
            checker.flaw(part, better[type_])
            return None
        checker.flaw(part, NEEDED, **words("wanted", Type.NUMBER), **words("got", type_))
    return None if flawed else Type.NUMBER


_INSTEAD: Mapping[Type | None, str] = {Type.DATE: USE_DAYS, Type.TEXT: USE_JOIN}


def _choose(checker: Checker, node: Choose) -> Type | None:
    for condition, _ in node.branches:
        checker.want(condition, Type.BOOLEAN)
    values = (*(value for _, value in node.branches), node.otherwise)
    return checker.same(values, BRANCHES)


def _minus(checker: Checker, node: Minus) -> Type:
    checker.want(node.operand, Type.NUMBER)
    return Type.NUMBER


def _not(checker: Checker, node: Not) -> Type:
    checker.want(node.operand, Type.BOOLEAN)
    return Type.BOOLEAN


def _logic(checker: Checker, node: Logic) -> Type:
    for part in node.parts:
        checker.want(part, Type.BOOLEAN)
    return Type.BOOLEAN


RULES: Rules = {
    Number: lambda _checker, _node: Type.NUMBER,
    Text: lambda _checker, _node: Type.TEXT,
    Truth: lambda _checker, _node: Type.BOOLEAN,
    Today: lambda _checker, _node: Type.DATE,
    Reference: checking_names.reference,
    Call: checking_calls.call,
    Minus: _minus,
    Chain: _chain,
    Comparison: _comparison,
    OneOf: _one_of,
    Not: _not,
    Logic: _logic,
    Choose: _choose,
}
