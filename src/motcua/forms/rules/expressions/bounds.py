"""
Between which numbers an expression lies: how a lint proves that a fee is never below zero.

Valid answers are taken to lie between the ``low`` and ``high`` of their names. What a condition
says of a single name is used in its branches: in ``if area > 100 then area - 100 else 0`` the
first branch is above zero.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from motcua.forms.rules.expressions import numbers
from motcua.forms.rules.expressions.intervals import LAST, Interval, greatest, hull, least
from motcua.forms.rules.expressions.narrowing import Narrowed, narrowed
from motcua.forms.rules.expressions.nodes import (
    Call,
    Chain,
    Choose,
    Minus,
    Node,
    Number,
    Reference,
)
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.expressions.types import Name, Scope, found

_ONE = numbers.ONE
_YEARS, _MONTHS, _DAYS = 9998, 9998 * 12 + 11, 3652058


def bounds(text: str, scope: Scope) -> tuple[Decimal | None, Decimal | None]:
    """
    Return the least and the greatest number that an expression of `flaws` none can be.

    None is an end that is not known. The ends need not be reached, but nothing is beyond them.

    :raises BadExpression: if it cannot be read
    """
    interval = _Known(scope, {}, {}).interval(parse(text))
    return (
        None if interval.low == -LAST else numbers.decimal_from(interval.low),
        None if interval.high == LAST else numbers.decimal_from(interval.high),
    )


class _Known:
    def __init__(self, scope: Scope, columns: Mapping[str, Name], narrow: Narrowed) -> None:
        self._scope, self._columns, self._narrow = scope, columns, narrow

    def interval(self, node: Node) -> Interval:
        """Return where the number that ``node`` is lies; of other types everywhere."""
        how = _OF_NODE.get(type(node))
        return how(self, node) if how else Interval()

    def reference(self, node: Reference) -> Interval:
        """Return where the answer lies, by its name and by the conditions around."""
        name = node.name
        here = found(name, self._scope, self._columns)
        known = Interval() if here is None else of_name(here.name)
        narrow = self._narrow.get(name)
        if narrow is None or name in self._columns:
            return known
        return Interval(max(known.low, narrow.low), min(known.high, narrow.high), narrow.sure)

    def chain(self, node: Chain) -> Interval:
        """Return where the sum or product lies."""
        total = self.interval(node.first)
        for sign, part in node.rest:
            total = _SIGNS[sign](total, self.interval(part))
        return total

    def choose(self, node: Choose) -> Interval:
        """Return where the values of the branches lie."""
        found_, narrow = [], dict(self._narrow)
        for condition, value in node.branches:
            inside = narrowed(narrow, condition, holds=True)
            found_.append(_Known(self._scope, self._columns, inside).interval(value))
            narrow = narrowed(narrow, condition, holds=False)
        last = _Known(self._scope, self._columns, narrow).interval(node.otherwise)
        return hull([*found_, last])

    def call(self, node: Call) -> Interval:
        """Return where the value of a function lies."""
        match node.function, node.arguments:
            case "sum", (Reference(name), asked):
                return self._sum(name, asked)
            case "count", (Reference(name), *_):
                return Interval(0, self._most(name), sure=True)
            case word, arguments if word in _FUNCTIONS:
                return _FUNCTIONS[word]([self.interval(each) for each in arguments])
            case _:
                return Interval()

    def _most(self, name: str) -> int:
        here = found(name, self._scope, self._columns)
        return of_name(here.name).high if here is not None else LAST

    def _sum(self, name: str, asked: Node) -> Interval:
        columns = (self._scope[name].columns or {}) if name in self._scope else {}
        each = _Known(self._scope, columns, self._narrow).interval(asked)
        rows = Interval(0, self._most(name), sure=True)
        return rows.times(Interval(each.low, each.high, sure=True))


_OF_NODE: Mapping[type[Node], Callable[[_Known, Any], Interval]] = {
    Number: lambda _known, node: Interval(node.scaled, node.scaled, sure=True),
    Reference: _Known.reference,
    Minus: lambda known, node: known.interval(node.operand).minus(),
    Chain: _Known.chain,
    Choose: _Known.choose,
    Call: _Known.call,
}


def of_name(name: Name) -> Interval:
    """Return where valid answers lie."""
    low = -LAST if name.low is None else name.low * _ONE
    high = LAST if name.high is None else name.high * _ONE
    return Interval(low, high).clipped()


def _whole(rounding: Callable[[int], int]) -> Callable[[list[Interval]], Interval]:
    def inner(arguments: list[Interval]) -> Interval:
        (known,) = arguments
        return Interval(rounding(known.low), rounding(known.high), known.sure).clipped()

    return inner


def _up_to(most: int, least_: int | None = None) -> Callable[[list[Interval]], Interval]:
    low = -most if least_ is None else least_
    return lambda _arguments: Interval(low * _ONE, most * _ONE)


_SIGNS: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    "+": Interval.plus,
    "-": lambda left, right: left.plus(right.minus()),
    "*": Interval.times,
    "/": Interval.over,
}
_FUNCTIONS: Mapping[str, Callable[[list[Any]], Interval]] = {
    "min": least,
    "max": greatest,
    "round": _whole(lambda end: numbers.divided(end, _ONE) * _ONE),
    "floor": _whole(lambda end: end // _ONE * _ONE),
    "ceil": _whole(lambda end: -(-end // _ONE) * _ONE),
    "years": _up_to(_YEARS),
    "months": _up_to(_MONTHS),
    "days": _up_to(_DAYS),
    "year": _up_to(9999, 1),
}
