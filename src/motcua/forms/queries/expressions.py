"""The language of expressions: reading, checking and asking them. `docs/expressions.md`."""

from motcua.forms.rules.expressions.bounds import bounds
from motcua.forms.rules.expressions.compiling import Expression, Value, compiled, flaws
from motcua.forms.rules.expressions.flaws import BadExpression, ExpressionFlaw
from motcua.forms.rules.expressions.functions import FUNCTIONS, Function
from motcua.forms.rules.expressions.nodes import Node
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.expressions.types import Name, Scope, Type

__all__ = [
    "FUNCTIONS",
    "BadExpression",
    "Expression",
    "ExpressionFlaw",
    "Function",
    "Name",
    "Node",
    "Scope",
    "Type",
    "Value",
    "bounds",
    "compiled",
    "flaws",
    "parse",
]
