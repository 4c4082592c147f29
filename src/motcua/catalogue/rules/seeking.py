"""What a search may mean: daily speech read as official words, typing slips read as intended."""

import math
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from motcua.catalogue.rules.words import words
from motcua.kernel.folding import fold

LONGEST = 200
MOST_WORDS = 14
LONGEST_PHRASE = 5
MOST_READINGS = 8
ABOUT_ALL = 5000
"""Weights are relative, so the size of the catalogue need only be of the right order."""

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A phrase of the catalogue: its words, and the number of procedures that have it."""

    words: Tokens
    documents: int


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a search: its words, and how far they are from what was typed (1 = none)."""

    tokens: Tokens
    faith: float


def told(text: str) -> Tokens:
    """Return the words of a search that say something; all of them where none does."""
    tokens = tuple(fold(text[:LONGEST]).split()[:MOST_WORDS])
    kept: list[str] = []
    i = 0
    while i < len(tokens):
        if width := _longest(tokens, i, words().same_as):
            kept.extend(tokens[i : i + width])
        elif not (width := _longest(tokens, i, words().idle)):
            kept.append(tokens[i])
        i += width or 1
    return tuple(kept) or tokens


def _longest(tokens: Tokens, i: int, phrases: Container[Tokens]) -> int:
    """Return the length of the longest of ``phrases`` that begins at ``i``, or 0."""
    longest = min(LONGEST_PHRASE, len(tokens) - i)
    return next((n for n in range(longest, 0, -1) if tokens[i : i + n] in phrases), 0)


def phrases_of(senses: Iterable[Sense]) -> list[Tokens]:
    """Return what to look up for ``senses``: each word, and each pair of neighbours."""
    found: dict[Tokens, None] = {}
    for sense in senses:
        found.update(dict.fromkeys((token,) for token in sense.tokens))
        found.update(dict.fromkeys(pairwise(sense.tokens)))
    return list(found)


def mended(tokens: Tokens, exact: Mapping[str, Known], near: Mapping[str, list[Known]]) -> Tokens:
    """
    Return ``tokens`` with slips put right: a lost space, one wrong, missing or swapped letter.

    ``exact`` and ``near`` are the catalogue's phrases that equal or resemble what was typed. A
    word that stands in the catalogue is changed only where its neighbour is unknown too.
    """
    out: list[str] = []
    i = 0
    while i < len(tokens):
        pair = tokens[i] + tokens[i + 1] if i + 1 < len(tokens) else ""
        slipped = any(not _is_word(t, exact) for t in tokens[i : i + 2])
        if pair and slipped and pair not in exact and (better := _closest(pair, near, 2)):
            out.extend(better)
            i += 2
            continue
        token = tokens[i]
        if _is_word(token, exact):
            out.append(token)
        elif token in exact:
            out.extend(exact[token].words)
        else:
            out.extend(_closest(token, near, 1) or _spoken_like(token) or (token,))
        i += 1
    return tuple(out)


def _is_word(token: str, exact: Mapping[str, Known]) -> bool:
    known = exact.get(token)
    return token.isdigit() or (token,) in words().same_as or bool(known and len(known.words) == 1)


def _closest(typed: str, near: Mapping[str, list[Known]], size: int) -> Tokens:
    slips = 2 if len(typed) >= 9 else 1
    good = [
        (distance, -known.documents, known.words)
        for known in near.get(typed, ())
        if len(known.words) >= size
        and (distance := slips_between(typed, "".join(known.words))) <= slips
    ]
    return min(good)[2] if good else ()


def _spoken_like(token: str) -> Tokens:
    if len(token) < 4:
        return ()
    names = (said[0] for said in words().same_as if len(said) == 1)
    return next(((name,) for name in names if slips_between(token, name) <= 1), ())


def slips_between(a: str, b: str) -> int:
    """Return how many letters were added, lost, changed or swapped between ``a`` and ``b``."""
    if abs(len(a) - len(b)) > 2:
        return 3
    two_up: list[int] = []
    up = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(up[j] + 1, row[-1] + 1, up[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, two_up[j - 2] + 1)
            row.append(cost)
        two_up, up = up, row
    return up[-1]


def senses_of(tokens: Tokens) -> list[Sense]:
    """Return the ways to read ``tokens``: as they are, and with daily speech made official."""
    found = {tokens: 1.0}
    for sense in _rewritten(tokens):
        found.setdefault(sense, 0.97)
        if len(found) >= MOST_READINGS:
            break
    return [Sense(sense, faith) for sense, faith in found.items()]


def _rewritten(tokens: Tokens) -> Iterator[Tokens]:
    typed, meant = _parts(tokens)
    if typed == [option[0] for option in meant]:
        return
    for n in range(max(len(option) for option in meant)):
        yield _joined(option[min(n, len(option) - 1)] for option in meant)
    for i, part in enumerate(typed):
        if part != meant[i][0]:
            yield _joined(part if i == j else option[0] for j, option in enumerate(meant))


def _joined(parts: Iterable[Tokens]) -> Tokens:
    return tuple(token for part in parts for token in part)


def _parts(tokens: Tokens) -> tuple[list[Tokens], list[tuple[Tokens, ...]]]:
    """Cut ``tokens`` into phrases of daily speech, with what each may mean, and single words."""
    typed, meant = [], []
    i = 0
    while i < len(tokens):
        width = _longest(tokens, i, words().same_as) or 1
        part = tokens[i : i + width]
        typed.append(part)
        meant.append(words().same_as.get(part, (part,)))
        i += width
    return typed, meant


def weights_of(senses: Iterable[Sense], exact: Mapping[str, Known]) -> dict[str, float]:
    """Return how much each word tells: a rare word much, a common one little."""
    return {
        token: math.log(1 + ABOUT_ALL / (1 + (exact[token].documents if token in exact else 0)))
        for sense in senses
        for token in sense.tokens
    }
