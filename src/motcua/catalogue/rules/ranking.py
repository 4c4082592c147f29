"""Which of the procedures found is meant: how much of the search it covers, and how exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from motcua.catalogue.rules.seeking import Sense, Tokens
from motcua.catalogue.rules.words import PROMINENT
from motcua.kernel.folding import fold

COVERED, IN_ORDER, EXACT = 0.62, 0.2, 0.18
ASKED_FOR = 0.06
WELL_SPELT = 0.04
BESIDE = 0.05
"""What a word counts that stands in the name of the field only."""
LEAST = 0.3
"""A procedure that scores less than this has nothing to do with the search."""
NEAR_BEST = 0.6
"""…nor has one that scores less than this share of the best."""


Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that shares a telling word with the search."""

    code: str
    title: str
    keywords: str
    field: str
    levels: tuple[str, ...]
    online: str
    prominence: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A procedure, how well it answers, and the words of the search it was found by."""

    candidate: Candidate
    score: float
    tokens: Tokens


class _Line(NamedTuple):
    """A title or a phrase, folded: its words, and which stand side by side."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


class _Page(NamedTuple):
    """What a procedure can be found by; ``marked`` are its words with accents."""

    lines: tuple[_Line, ...]
    field: frozenset[str]
    marked: frozenset[str]


@lru_cache(maxsize=8192)
def _page_of(title: str, keywords: str, field: str) -> _Page:
    """Return the words of a procedure; kept, because searches meet the same ones again."""
    told = title.split("(", maxsplit=1)[0] or title
    lines = [fold(text).split() for text in (told, *keywords.split(";"))]
    return _Page(
        tuple(_Line(frozenset(line), frozenset(pairwise(line))) for line in lines if line),
        frozenset(fold(field).split()),
        _with_marks(f"{title} {keywords}"),
    )


def ranked(
    candidates: Iterable[Candidate],
    senses: Iterable[Sense],
    weights: Mapping[str, float],
    typed: str,
) -> list[Ranked]:
    """Return the candidates that answer the search, the best first."""
    senses = list(senses)
    spelt = _with_marks(typed)
    found = sorted(
        (_judged(c, senses, weights, spelt) for c in candidates),
        key=lambda r: (-r.score, r.candidate.code),
    )
    least = max(LEAST, NEAR_BEST * found[0].score) if found else 0
    return [r for r in found if r.score >= least]


def _judged(
    candidate: Candidate, senses: list[Sense], weights: Mapping[str, float], spelt: frozenset[str]
) -> Ranked:
    page = _page_of(candidate.title, candidate.keywords, candidate.field)
    best, used = 0.0, senses[0].tokens
    for sense in senses:
        wanted = frozenset(sense.tokens)
        pairs = tuple(pairwise(sense.tokens))
        whole = sum(weights[t] for t in wanted) or 1.0
        for line in page.lines:
            if wanted.isdisjoint(line.words):
                continue
            score = sense.faith * _fit(wanted, pairs, line, weights, whole)
            beside = wanted & page.field - line.words
            score += BESIDE * sum(weights[t] for t in beside) / whole
            if score > best:
                best, used = score, sense.tokens
    if spelt:
        best += WELL_SPELT * len(spelt & page.marked) / len(spelt)
    best += ASKED_FOR * candidate.prominence / PROMINENT
    return Ranked(candidate, best, used)


def _fit(
    wanted: frozenset[str],
    pairs: Pairs,
    line: _Line,
    weights: Mapping[str, float],
    whole: float,
) -> float:
    hit = wanted & line.words
    covered = sum(weights[t] for t in hit) / whole
    exact = len(hit) / len(line.words)
    in_order = covered
    if pairs:
        total = sum(weights[a] + weights[b] for a, b in pairs) or 1.0
        in_order = sum(weights[a] + weights[b] for a, b in pairs if (a, b) in line.pairs) / total
    return COVERED * covered + IN_ORDER * in_order + EXACT * exact


def _with_marks(text: str) -> frozenset[str]:
    """Return the words of ``text`` that carry accents: whoever typed them meant them."""
    return frozenset(w for w in text.lower().split() if not w.isascii())
