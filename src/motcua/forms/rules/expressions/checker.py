"""The static check, its common part: the type of a node, and the flaws found on the way."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from motcua.forms.rules.expressions.flaws import ExpressionFlaw
from motcua.forms.rules.expressions.nodes import Node
from motcua.forms.rules.expressions.types import IN_WORDS, PLAIN, Name, Scope, Type
from motcua.kernel.text import N_

NEEDED = N_("Here {wanted} is needed, and this is {got}: change it, or ask another field")
NEEDED_CONDITION = N_(
    "Here a condition is needed, and this is {got}: compare it with something, or write present(…)"
)
WHOLE_COMPARED = N_(
    "This is {got} and has no single value: write contains, count(…), any(…), or name a part of it"
)


class Checker:
    """Finds the type of every part, and the flaws on the way."""

    def __init__(self, rules: "Rules", scope: Scope, later: Collection[str]) -> None:
        self._rules = rules
        self.scope = scope
        self.later = later
        self.flaws: list[ExpressionFlaw] = []
        self.columns: Mapping[str, Name] | None = None
        """The columns that an aggregate around the part can ask; None outside of aggregates."""

    def flaw(self, node: Node, message: str, **facts: str) -> None:
        """Write a flaw down."""
        self.flaws.append(ExpressionFlaw(node.column, message, facts))

    def type_of(self, node: Node) -> Type | None:
        """Return the type of ``node``, or None where a flaw hides it."""
        return self._rules[type(node)](self, node)

    def want(self, node: Node, wanted: Type) -> None:
        """Check that ``node`` has the type ``wanted``."""
        got = self.type_of(node)
        if got in (wanted, None):
            return
        assert got is not None
        message = NEEDED_CONDITION if wanted is Type.BOOLEAN else NEEDED
        self.flaw(node, message, **words("wanted", wanted), **words("got", got))

    def single(self, node: Node) -> Type | None:
        """Return the type of ``node`` if it is of one value; else write a flaw down."""
        got = self.type_of(node)
        if got is None or got in PLAIN:
            return got
        self.flaw(node, WHOLE_COMPARED, **words("got", got))
        return None

    def same(self, nodes: Collection[Node], message: str) -> Type | None:
        """Return the type of all ``nodes``; one of another type is a flaw."""
        first: Type | None = None
        for node in nodes:
            got = self.single(node)
            first = first or got
            if first is not None and got not in (first, None):
                assert got is not None
                self.flaw(node, message, **words("left", first), **words("right", got))
        return first


Rules = Mapping[type[Node], Callable[[Checker, Any], Type | None]]
"""How to find the type of each class of nodes."""


def words(fact: str, type_: Type) -> dict[str, str]:
    """Return a type as a fact, in English and Vietnamese."""
    english, vietnamese = IN_WORDS[type_]
    return {fact: english, f"{fact}_vi": vietnamese}
