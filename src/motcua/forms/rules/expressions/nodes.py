"""What an expression is made of. Nodes are equal wherever they stand in their texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression."""

    column: int = field(default=1, compare=False, kw_only=True)
    """The character of the text at which the node begins, from 1."""

    @property
    def inner(self) -> "tuple[Node, ...]":
        """The nodes that stand directly in this one."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """``0.5``, as 500000 millionths."""

    scaled: int


@dataclass(frozen=True, slots=True)
class Text(Node):
    """``"mother"``, normalised (NFC)."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Today(Node):
    """``today``."""


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """``relation``, ``father.sex``, ``case``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``years(child_birth_date, today)``."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def inner(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """``-operand``."""

    operand: Node

    @property
    def inner(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operators of one level from left to right: ``a + b - c``, or ``a * b / c``."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    @property
    def inner(self) -> tuple[Node, ...]:
        """The operands."""
        return (self.first, *(each for _, each in self.rest))


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left = right``, also ``!= < <= > >= contains``."""

    operator: str
    left: Node
    right: Node

    @property
    def inner(self) -> tuple[Node, ...]:
        """Both sides."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """``left in ("a", "b")``."""

    left: Node
    values: tuple[Text | Number, ...]

    @property
    def inner(self) -> tuple[Node, ...]:
        """The left side and the values."""
        return (self.left, *self.values)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """``not operand``."""

    operand: Node

    @property
    def inner(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and c``, or the same with ``or``."""

    word: str
    parts: tuple[Node, ...]

    @property
    def inner(self) -> tuple[Node, ...]:
        """The parts."""
        return self.parts


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """``if condition then value else if condition then value else otherwise``."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node

    @property
    def inner(self) -> tuple[Node, ...]:
        """Conditions and values as they are written."""
        return (*(each for branch in self.branches for each in branch), self.otherwise)


def names_in(node: Node) -> Iterator[str]:
    """Yield the names that an expression asks, as they are written."""
    if isinstance(node, Reference):
        yield node.name
    for each in node.inner:
        yield from names_in(each)
