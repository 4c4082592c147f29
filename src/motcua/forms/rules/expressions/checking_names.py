"""The static check of names: known, early enough, and offered where they are options."""

from motcua.forms.rules.expressions.checker import Checker
from motcua.forms.rules.expressions.flaws import nearest
from motcua.forms.rules.expressions.functions import BY_NAME
from motcua.forms.rules.expressions.nodes import Reference, Text
from motcua.forms.rules.expressions.types import CASE, Type, found
from motcua.kernel.text import N_

UNKNOWN = N_("There is no field {name} to ask here: check the ids of the form")
UNKNOWN_NEAR = N_("There is no field {name} to ask here. Did you mean {near}?")
LATER = N_("{name} is asked later in the form: only earlier fields are known here")
COLUMN = N_(
    "{name} is a column of {rows}: write sum({rows}, …), any({rows}, …) or every({rows}, …)"
)
NO_CASE = N_(
    "The case is not known here, because the answers decide it: ask the answers themselves"
)
CALL_IT = N_("{name} is a function: write {usage}")
NOT_OFFERED = N_("{value} is not one of the values offered: {options}")
NOT_OFFERED_NEAR = N_("{value} is not one of the values offered. Did you mean {near}?")
_SHOWN = 8
"""How many offered values are listed: more would hide the sentence."""


def reference(checker: Checker, node: Reference) -> Type | None:
    """Return the type of the name."""
    here = found(node.name, checker.scope, checker.columns)
    if here is not None:
        return here.name.type
    _unknown(checker, node)
    return None


def _unknown(checker: Checker, node: Reference) -> None:
    name, scope = node.name, checker.scope
    rows = [each for each, value in scope.items() if name in (value.columns or {})]
    if name == CASE:
        checker.flaw(node, NO_CASE)
    elif name in checker.later:
        checker.flaw(node, LATER, name=name)
    elif rows:
        checker.flaw(node, COLUMN, name=name, rows=rows[0])
    elif name in BY_NAME:
        checker.flaw(node, CALL_IT, name=name, usage=BY_NAME[name][0].usage)
    elif near := nearest(name, {*scope, *(checker.columns or {})}):
        checker.flaw(node, UNKNOWN_NEAR, name=name, near=near)
    else:
        checker.flaw(node, UNKNOWN, name=name)


def offered(checker: Checker, value: Text, options: frozenset[str]) -> None:
    """Check that a choice offers the text it is compared with."""
    if value.value in options:
        return
    if near := nearest(value.value, options):
        checker.flaw(value, NOT_OFFERED_NEAR, value=value.value, near=near)
        return
    shown = sorted(options)[:_SHOWN] + (["…"] if len(options) > _SHOWN else [])
    checker.flaw(value, NOT_OFFERED, value=value.value, options=", ".join(shown))
