"""
Making closures of a tree. They are total: of whatever answers, a value or None (empty).

Numbers are whole millionths inside. A closure takes the `Moment` it is asked in.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.forms.rules.expressions import numbers
from motcua.forms.rules.expressions.answers import READERS
from motcua.forms.rules.expressions.dates import date_from
from motcua.forms.rules.expressions.functions_evaluated import AGGREGATES, FUNCTIONS
from motcua.forms.rules.expressions.moments import Closure, Moment
from motcua.forms.rules.expressions.trees import Tree


def closure_of(tree: Tree) -> Closure:
    """Return the closure that evaluates ``tree``."""
    word, *parts = tree
    if word in _LEAVES:
        return _LEAVES[word](*parts)
    closures = [closure_of(each) for each in parts if isinstance(each, list)]
    if word == "chain":
        return _chain(closures[0], [*zip(parts[1::2], closures[1:], strict=True)])
    if word in _OPERATORS:
        return _OPERATORS[word](*closures)
    if word in AGGREGATES:
        return AGGREGATES[word](*closures)
    return FUNCTIONS[word](*closures)


def _constant(value: Any) -> Closure:
    return lambda _moment: value


def _name(type_: str, name: str) -> Closure:
    read = READERS[type_]
    head, _, part = name.partition(".")
    if part:
        return lambda moment: read(_part(moment.asked(head), part))

    def from_answers(moment: Moment) -> Any:
        row = moment.row
        if row is not None and head in row:
            return read(row[head])
        return read(moment.answers.get(head))

    return from_answers


def _column(type_: str, name: str) -> Closure:
    read = READERS[type_]
    head, _, part = name.partition(".")
    if part:
        return lambda moment: read(_part(moment.item.get(head), part))
    return lambda moment: read(moment.item.get(head))


def _part(block: Any, part: str) -> Any:
    return block.get(part) if isinstance(block, dict) else None


_LEAVES: Mapping[str, Callable[..., Closure]] = {
    "number": lambda scaled: _constant(int(scaled)),
    "text": _constant,
    "empty": lambda: _constant(None),
    "true": lambda: _constant(True),  # noqa: FBT003
    "false": lambda: _constant(False),  # noqa: FBT003
    "date": lambda written: _constant(date_from(written)),
    "today": lambda: lambda moment: moment.today,
    "case": lambda: lambda moment: READERS["text"](moment.case),
    "name": _name,
    "column": _column,
}


_SIGNS: Mapping[str, Callable[[int, int], int | None]] = {
    "+": numbers.added,
    "-": numbers.subtracted,
    "*": numbers.multiplied,
    "/": numbers.shared,
}


def _chain(first: Closure, rest: list[tuple[str, Closure]]) -> Closure:
    steps = [(_SIGNS[sign], part) for sign, part in rest]
    if len(steps) == 1:
        return _two(first, *steps[0])

    def evaluated(moment: Moment) -> int | None:
        total: int | None = first(moment)
        for count, part in steps:
            if total is None or (value := part(moment)) is None:
                return None
            total = count(total, value)
        return total

    return evaluated


def _two(left: Closure, count: Callable[[int, int], int | None], right: Closure) -> Closure:
    """Make what most chains are, without the loop."""

    def evaluated(moment: Moment) -> int | None:
        a, b = left(moment), right(moment)
        return None if a is None or b is None else count(a, b)

    return evaluated


def _minus(inner: Closure) -> Closure:
    def evaluated(moment: Moment) -> int | None:
        value = inner(moment)
        return None if value is None else -value

    return evaluated


def _equal(left: Closure, right: Closure) -> Closure:
    def evaluated(moment: Moment) -> bool:
        value = left(moment)
        return value is not None and value == right(moment)

    return evaluated


def _not(inner: Closure) -> Closure:
    return lambda moment: not inner(moment)


def _less(left: Closure, right: Closure) -> Closure:
    def evaluated(moment: Moment) -> bool:
        a, b = left(moment), right(moment)
        return a is not None and b is not None and a < b

    return evaluated


def _at_most(left: Closure, right: Closure) -> Closure:
    def evaluated(moment: Moment) -> bool:
        a, b = left(moment), right(moment)
        return a is not None and b is not None and a <= b

    return evaluated


def _one_of(left: Closure, *values: Closure) -> Closure:
    nowhen = Moment({}, date.min, None, None)
    offered = frozenset(each(nowhen) for each in values)
    return lambda moment: left(moment) in offered


def _contains(left: Closure, right: Closure) -> Closure:
    return lambda moment: right(moment) in (left(moment) or ())


def _and(*parts: Closure) -> Closure:
    def evaluated(moment: Moment) -> bool:
        for part in parts:  # noqa: SIM110 (all() would make a generator at each call)
            if not part(moment):
                return False
        return True

    return evaluated


def _or(*parts: Closure) -> Closure:
    def evaluated(moment: Moment) -> bool:
        for part in parts:  # noqa: SIM110
            if part(moment):
                return True
        return False

    return evaluated


def _if(*parts: Closure) -> Closure:
    branches = [*zip(parts[:-1:2], parts[1:-1:2], strict=True)]
    otherwise = parts[-1]

    def evaluated(moment: Moment) -> Any:
        for condition, value in branches:
            if condition(moment):
                return value(moment)
        return otherwise(moment)

    return evaluated


_OPERATORS: Mapping[str, Callable[..., Closure]] = {
    "minus": _minus,
    "=": _equal,
    "!=": lambda left, right: _not(_equal(left, right)),
    "<": _less,
    "<=": _at_most,
    ">": lambda left, right: _less(right, left),
    ">=": lambda left, right: _at_most(right, left),
    "in": _one_of,
    "contains": _contains,
    "not": _not,
    "and": _and,
    "or": _or,
    "if": _if,
}
