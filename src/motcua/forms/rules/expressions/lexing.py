"""Cutting the text of an expression into words, each with the column at which it begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from motcua.forms.rules.expressions.flaws import BadExpression, ExpressionFlaw
from motcua.kernel.text import N_

LONGEST = 1000
"""The most characters an expression may have: longer ones are nobody's to read."""
WORDS = frozenset(
    ("and", "or", "not", "in", "contains", "if", "then", "else", "true", "false", "today")
)
"""Words of the language that cannot be names."""

TOO_LONG = N_(
    "This expression has {length} characters, at most {most} can be read: "
    "move a part into a computed field"
)
NUMBER_FORM = N_("Write numbers with digits only, with a point for parts: 1000000 or 0.5")
UNCLOSED = N_("This text does not end: close it with {quote}")
STRAIGHT_QUOTES = N_("Write texts between straight quotes: \"mother\" or 'mother'")
LETTERS = N_("Names are written with a to z, 0 to 9 and _, as the ids of the form are")
WRITE_INSTEAD = N_("Write {better} instead of {character}")
NO_MEANING = N_("The character {character} means nothing here: take it out")

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z_.]))
  | (?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?(?![A-Za-z0-9_]))
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<sign><=|>=|!=|[-+*/=<>(),])
    """,
    re.VERBOSE,
)
_BETTER = {
    "!": "not",
    "&": "and",
    "|": "or",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "[": "(",
    "]": ")",
    ";": ",",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: ``kind`` is number, name, text, word, sign or end."""

    kind: str
    text: str
    column: int


def fail(column: int, message: str, **facts: str) -> NoReturn:
    """Refuse the text for what stands at ``column``."""
    raise BadExpression(ExpressionFlaw(column, message, facts))


def tokens(text: str) -> Iterator[Token]:
    """
    Yield the words of ``text``, and an end after the last.

    :raises BadExpression: if the text is too long or something in it is no word of the language
    """
    if len(text) > LONGEST:
        fail(LONGEST + 1, TOO_LONG, length=str(len(text)), most=str(LONGEST))
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            _refuse(text, place)
        kind, found = str(match.lastgroup), match.group()
        if kind != "space":
            yield Token("word" if found in WORDS else kind, found, place + 1)
        place = match.end()
    yield Token("end", "", len(text) + 1)


def _refuse(text: str, place: int) -> NoReturn:
    character, column = text[place], place + 1
    if character in "0123456789":
        fail(column, NUMBER_FORM)
    if character in "\"'":
        fail(column, UNCLOSED, quote=character)
    if character in "“”„‘’«»`":
        fail(column, STRAIGHT_QUOTES)
    if character in _BETTER:
        fail(column, WRITE_INSTEAD, better=_BETTER[character], character=character)
    if character.isalnum() or character == "_":
        fail(column, LETTERS)
    fail(column, NO_MEANING, character=character)
