"""The static check of functions: known, called with what they take."""

from motcua.forms.rules.expressions.checker import NEEDED, Checker, words
from motcua.forms.rules.expressions.dates import date_from
from motcua.forms.rules.expressions.flaws import nearest
from motcua.forms.rules.expressions.functions import BY_NAME, Function, function
from motcua.forms.rules.expressions.nodes import Call, Node, Reference, Text
from motcua.forms.rules.expressions.types import LISTS, Type
from motcua.kernel.text import N_

NO_FUNCTION = N_("There is no function {name}: the functions are {known}")
NO_FUNCTION_NEAR = N_("There is no function {name}. Did you mean {near}?")
HOW_MANY = N_("{name} is not called with {given} values in its brackets: write {usage}")
NESTED = N_(
    "sum, any, every and count with a condition cannot stand in each other: "
    "move the inner one to a computed field"
)
DATE_FORM = N_('Write a date that exists, in quotes: date("2026-01-31")')
COUNTABLE = N_("Only rows, chosen values and files are counted, and this is {got}")
ALL_SAME = N_("Here stand {left} and {right}: {name} takes numbers only, or dates only")


def call(checker: Checker, node: Call) -> Type | None:
    """Return the type of a function's value."""
    if node.function not in BY_NAME:
        _unknown(checker, node)
        return None
    called = function(node.function, len(node.arguments))
    if called is None:
        usage = " / ".join(each.usage for each in BY_NAME[node.function])
        given = str(len(node.arguments))
        checker.flaw(node, HOW_MANY, name=node.function, given=given, usage=usage)
        return BY_NAME[node.function][0].gives
    if called.literal:
        return _literal(checker, node, called)
    if called.over_rows:
        return _over_rows(checker, node, called)
    types = [_argument(checker, called, place, each) for place, each in enumerate(node.arguments)]
    return called.gives or _all_same(checker, node, types)


def _unknown(checker: Checker, node: Call) -> None:
    name = node.function
    if near := nearest(name, BY_NAME):
        checker.flaw(node, NO_FUNCTION_NEAR, name=name, near=near)
    else:
        checker.flaw(node, NO_FUNCTION, name=name, known=", ".join(BY_NAME))


def _argument(checker: Checker, called: Function, place: int, node: Node) -> Type | None:
    takes = called.takes[min(place, len(called.takes) - 1)]
    got = checker.type_of(node)
    if got is None or got in takes:
        return got
    if takes == LISTS:
        checker.flaw(node, COUNTABLE, **words("got", got))
    else:
        wanted = max(takes)
        checker.flaw(node, NEEDED, **words("wanted", wanted), **words("got", got))
    return None


def _all_same(checker: Checker, node: Call, types: list[Type | None]) -> Type | None:
    first: Type | None = None
    for each, got in zip(node.arguments, types, strict=True):
        first = first or got
        if first is not None and got not in (first, None):
            assert got is not None
            facts = {**words("left", first), **words("right", got)}
            checker.flaw(each, ALL_SAME, name=node.function, **facts)
    return first


def _literal(checker: Checker, node: Call, called: Function) -> Type | None:
    written = node.arguments[0]
    if not isinstance(written, Text) or date_from(written.value) is None:
        checker.flaw(written, DATE_FORM)
    return called.gives


def _over_rows(checker: Checker, node: Call, called: Function) -> Type | None:
    rows, asked = node.arguments
    if checker.columns is not None:
        checker.flaw(node, NESTED)
        return called.gives
    _argument(checker, called, 0, rows)
    name = checker.scope.get(rows.name) if isinstance(rows, Reference) else None
    if name is None or name.type is not Type.ROWS:
        return called.gives
    checker.columns = name.columns or {}
    _argument(checker, called, 1, asked)
    checker.columns = None
    return called.gives
