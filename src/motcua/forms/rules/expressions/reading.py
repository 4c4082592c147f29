"""Reading an expression: by descent, one method a level of binding, loosest first."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NoReturn

from motcua.forms.rules.expressions import numbers
from motcua.forms.rules.expressions.lexing import LONGEST, Token, fail, tokens
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
from motcua.kernel.text import N_

DEEPEST = 16
"""How deep brackets, calls, ``if``, ``not`` and ``-`` may stand in each other."""
COMPARISONS = frozenset(("=", "!=", "<", "<=", ">", ">=", "contains"))

TOO_DEEP = N_("More than {most} levels stand in each other here: move a part to a computed field")
MISSING = N_("Something is missing here: write a field, a number or a text before “{word}”")
ENDS_EARLY = N_("The expression ends too early: write the field, number or text that is missing")
EXPECTED = N_("Write “{wanted}” here, before “{word}”")
EXPECTED_AT_END = N_("Write “{wanted}” at the end")
LEFT_OVER = N_("“{word}” does not fit here: join the parts with and, or, + or another operator")
COMMA = N_("A comma stands only between values in brackets: write parts of a number as 0.5")
ONE_COMPARISON = N_("Comparisons do not follow each other: write a < b and b < c")
ONE_EQUALS = N_("Write one = to compare")
NOT_IN_FRONT = N_('Write not in front of the comparison: not relation in ("mother", "father")')
LIST_FORM = N_('After in write a list of texts or numbers in brackets: in ("a", "b")')
IN_BRACKETS = N_("Put brackets around this part, which begins with “{word}”")
NUMBER_TOO_LARGE = N_("This number is too large: numbers stay below 1000000000000000")
TOO_MANY_PLACES = N_("This number has too many places: six after the point at most")


def parse(text: str) -> Node:
    """
    Return what ``text`` says; the same text gives the same node.

    :raises BadExpression: if it cannot be read
    """
    return _parsed(text) if len(text) <= LONGEST else _Reader(text).whole()


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Node:
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._depth = 0

    def whole(self) -> Node:
        node = self._expression()
        if self._next.text == ",":
            fail(self._next.column, COMMA)
        if self._next.kind != "end":
            fail(self._next.column, LEFT_OVER, word=self._next.text)
        return node

    def _take(self) -> Token:
        taken, self._next = self._next, next(self._tokens)
        return taken

    def _taken(self, *words: str) -> Token | None:
        fits = self._next.kind in ("word", "sign") and self._next.text in words
        return self._take() if fits else None

    def _need(self, wanted: str) -> None:
        if not self._taken(wanted):
            message = EXPECTED_AT_END if self._next.kind == "end" else EXPECTED
            fail(self._next.column, message, wanted=wanted, word=self._next.text)

    @contextmanager
    def _inside(self, opening: Token) -> Iterator[int]:
        self._depth += 1
        if self._depth > DEEPEST:
            fail(opening.column, TOO_DEEP, most=str(DEEPEST))
        yield opening.column
        self._depth -= 1

    def _expression(self) -> Node:
        opening = self._taken("if")
        if opening is None:
            return self._logic("or", lambda: self._logic("and", self._negation))
        with self._inside(opening) as column:
            branches = [self._branch()]
            while True:
                self._need("else")
                if not self._taken("if"):
                    return Choose(tuple(branches), self._expression(), column=column)
                branches.append(self._branch())

    def _branch(self) -> tuple[Node, Node]:
        condition = self._expression()
        self._need("then")
        return condition, self._expression()

    def _logic(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._taken(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Logic(word, tuple(parts), column=parts[0].column)

    def _negation(self) -> Node:
        opening = self._taken("not")
        if opening is None:
            return self._comparison()
        with self._inside(opening) as column:
            return Not(self._negation(), column=column)

    def _comparison(self) -> Node:
        left = self._sum()
        node = left
        if operator := self._taken(*COMPARISONS):
            if operator.text == "=" and self._next.text == "=":
                fail(self._next.column, ONE_EQUALS)
            node = Comparison(operator.text, left, self._sum(), column=left.column)
        elif self._taken("in"):
            node = OneOf(left, self._values(), column=left.column)
        if self._next.kind in ("sign", "word") and self._next.text in (*COMPARISONS, "in"):
            fail(self._next.column, ONE_COMPARISON)
        if self._next.text == "not" and self._next.kind == "word":
            fail(self._next.column, NOT_IN_FRONT)
        return node

    def _values(self) -> tuple[Text | Number, ...]:
        if not self._taken("("):
            fail(self._next.column, LIST_FORM)
        values = [self._value()]
        while self._taken(","):
            values.append(self._value())
        self._need(")")
        return tuple(values)

    def _value(self) -> Text | Number:
        if self._next.kind not in ("text", "number"):
            fail(self._next.column, LIST_FORM)
        return _literal(self._take())

    def _sum(self) -> Node:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._minus))

    def _chain(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        first, rest = part(), []
        while sign := self._taken(*signs):
            rest.append((sign.text, part()))
        return Chain(first, tuple(rest), column=first.column) if rest else first

    def _minus(self) -> Node:
        opening = self._taken("-")
        if opening is None:
            return self._atom()
        with self._inside(opening) as column:
            return Minus(self._minus(), column=column)

    def _atom(self) -> Node:
        token = self._next
        if token.kind in ("number", "text"):
            return _literal(self._take())
        if token.kind == "name":
            return self._name(self._take())
        if self._taken("true", "false"):
            return Truth(token.text == "true", column=token.column)
        if self._taken("today"):
            return Today(column=token.column)
        if self._taken("("):
            with self._inside(token):
                node = self._expression()
                self._need(")")
                return node
        return _missing(token)

    def _name(self, token: Token) -> Node:
        opening = self._taken("(")
        if opening is None:
            return Reference(token.text, column=token.column)
        with self._inside(opening):
            arguments = [] if self._next.text == ")" else [self._expression()]
            while self._taken(","):
                arguments.append(self._expression())
            self._need(")")
        return Call(token.text, tuple(arguments), column=token.column)


def _literal(token: Token) -> Text | Number:
    if token.kind == "text":
        return Text(unicodedata.normalize("NFC", token.text[1:-1]), column=token.column)
    whole, _, places = token.text.partition(".")
    if len(places) > numbers.PLACES:
        fail(token.column, TOO_MANY_PLACES)
    scaled = numbers.within(int(whole + places.ljust(numbers.PLACES, "0")))
    if scaled is None:
        fail(token.column, NUMBER_TOO_LARGE)
    return Number(scaled, column=token.column)


def _missing(token: Token) -> NoReturn:
    if token.kind == "end":
        fail(token.column, ENDS_EARLY)
    message = IN_BRACKETS if token.text in ("if", "not") else MISSING
    fail(token.column, message, word=token.text)
