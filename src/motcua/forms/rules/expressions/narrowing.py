"""What a condition tells of single names where it holds, and where it does not."""

from collections.abc import Mapping

from motcua.forms.rules.expressions.intervals import LAST, Interval
from motcua.forms.rules.expressions.nodes import (
    Call,
    Comparison,
    Logic,
    Minus,
    Node,
    Not,
    Number,
    Reference,
)

Narrowed = Mapping[str, Interval]
"""What is known of names beside their scope."""
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def narrowed(known: Narrowed, condition: Node, *, holds: bool) -> dict[str, Interval]:
    """Return what is known too where ``condition`` holds, or where it does not."""
    match condition:
        case Not(operand):
            return narrowed(known, operand, holds=not holds)
        case Logic(word, parts) if holds == (word == "and"):
            for part in parts:
                known = narrowed(known, part, holds=holds)
        case Call("present", (Reference(name),)) if holds:
            return _met(known, name, Interval(sure=True))
        case Comparison(operator, left, right) if operator in _TURNED:
            known = _sides(known, operator, left, right, holds=holds)
            return _sides(known, _TURNED[operator], right, left, holds=holds)
        case _:
            pass
    return dict(known)


def _sides(
    known: Narrowed, operator: str, name: Node, limit: Node, *, holds: bool
) -> dict[str, Interval]:
    number = _number(limit)
    if not isinstance(name, Reference) or number is None:
        return dict(known)
    # A comparison that does not hold may be of an empty answer; `!=` is the other way round.
    sure = holds != (operator == "!=")
    meant = operator if holds else _OPPOSITE[operator]
    match meant:
        case "<" | "<=":
            interval = Interval(-LAST, number - (meant == "<"), sure)
        case ">" | ">=":
            interval = Interval(number + (meant == ">"), LAST, sure)
        case "=":
            interval = Interval(number, number, sure)
        case _:
            interval = Interval(sure=sure)
    return _met(known, name.name, interval)


def _number(node: Node) -> int | None:
    match node:
        case Number(scaled):
            return scaled
        case Minus(Number(scaled)):
            return -scaled
        case _:
            return None


def _met(known: Narrowed, name: str, new: Interval) -> dict[str, Interval]:
    old = known.get(name, Interval())
    low, high = max(old.low, new.low), min(old.high, new.high)
    return {**known, name: Interval(low, high, old.sure or new.sure)}
