"""Which parts of a title to mark as found."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from motcua.kernel.folding import fold

_WORD = re.compile(r"\w+")


_folded = lru_cache(maxsize=8192)(fold)
"""Titles share few words."""


class Piece(NamedTuple):
    """A part of a text; the template escapes it, and marks it where it was found."""

    text: str
    found: bool


def pieces_of(text: str, tokens: Collection[str]) -> tuple[Piece, ...]:
    """Cut ``text`` into pieces, words in ``tokens`` (folded) marked; neighbours join."""
    wanted = frozenset(tokens)
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        if _folded(word[0]) not in wanted:
            continue
        between = text[end : word.start()]
        if pieces and pieces[-1].found and between.isspace():
            pieces[-1] = Piece(pieces[-1].text + between + word[0], found=True)
        else:
            pieces += [Piece(between, found=False)] if between else []
            pieces.append(Piece(word[0], found=True))
        end = word.end()
    if text[end:]:
        pieces.append(Piece(text[end:], found=False))
    return tuple(pieces)
