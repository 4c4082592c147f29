"""Questions by words: as people type them, or by field, level and way of filing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.catalogue.models.finding import catch, look_up
from motcua.catalogue.models.procedures import Procedure, ProcedureQuerySet
from motcua.catalogue.queries.hits import Hit, Piece
from motcua.catalogue.rules.ranking import Candidate, Ranked, ranked
from motcua.catalogue.rules.readings import Cost, Level, Online
from motcua.catalogue.rules.seeking import mended, phrases_of, senses_of, told, weights_of
from motcua.catalogue.rules.words import LifeEvent, event_meant
from motcua.kernel.errors import Invalid
from motcua.kernel.folding import fold
from motcua.kernel.scope import public
from motcua.kernel.text import N_

__all__ = ["Cost", "Filters", "Finding", "Hit", "Level", "LifeEvent", "Online", "Piece", "search"]

MOST = 50


class NoSuchPlace(Invalid):
    code = "catalogue.no-such-place"
    message = N_("This is not a place in a list of procedures. Start from the first page.")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty filter keeps all. ``agency`` is an agency id or part of its name."""

    fields: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    online: frozenset[str] = frozenset()
    agency: str = ""

    def keep(self, candidate: Candidate, *, but: str = "") -> bool:
        """Tell whether ``candidate`` passes, leaving the filter named ``but`` aside."""
        return (
            (but == "fields" or not self.fields or candidate.field in self.fields)
            and (but == "levels" or not self.levels or not self.levels.isdisjoint(candidate.levels))
            and (but == "online" or not self.online or candidate.online in self.online)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A page of procedures. ``after`` leads to the next page; nothing when this is the last.

    ``facets`` counts what each further filter would keep, by filter and value. ``read_as`` is what
    was looked for where that differs from what was typed. ``event`` is the life event named.
    """

    hits: tuple[Hit, ...]
    after: str = ""
    total: int | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    read_as: str = ""
    event: LifeEvent | None = None


@public
def search(
    text: str,
    *,
    filters: Filters | None = None,
    limit: int = 10,
    after: str = "",
    on: date | None = None,
) -> Finding:
    """
    Return the procedures that ``text`` means, the best first; all of them for an empty text.

    At most four statements. ``limit`` is at most 50; ``after`` comes from the page before. With
    ``on``, a day, each hit tells whether it can be filed here then.

    :raises NoSuchPlace: if ``after`` is not a place this question gave
    """
    filters = filters or Filters()
    limit = max(1, min(limit, MOST))
    if not fold(text):
        return _all(Hit.ready(Procedure.objects.all(), on=on), filters, limit, after)
    if _is_code(text):
        numbers = Procedure.objects.filter(code__startswith=text.strip())
        return _all(Hit.ready(numbers, on=on), filters, limit, after)
    return _by_words(text, filters, slice(_place(after), _place(after) + limit), on)


def _is_code(text: str) -> bool:
    start, dot, rest = text.strip().partition(".")
    return len(start) == 1 and start.isdecimal() and bool(dot) and rest[:6].isdecimal()


def _by_words(text: str, filters: Filters, place: slice, on: date | None) -> Finding:
    found, read_as = _found(text, filters)
    kept = [r for r in found if filters.keep(r.candidate)]
    page = kept[place]
    rows = Hit.ready(Procedure.objects.all(), on=on).in_bulk([r.candidate.code for r in page])
    return Finding(
        hits=tuple(Hit.of(rows[r.candidate.code], r.tokens) for r in page),
        after=str(place.stop) if len(kept) > place.stop else "",
        total=len(kept),
        facets=_facets([r.candidate for r in found], filters),
        read_as=read_as,
        event=event_meant(text),
    )


def _found(text: str, filters: Filters) -> tuple[list[Ranked], str]:
    typed = told(text)
    senses = senses_of(typed)
    exact, near = look_up(phrases_of(senses))
    tokens = mended(typed, exact, near)
    if tokens != typed:
        senses = senses_of(tokens)
        exact, _ = look_up(phrases_of(senses))
    weights = weights_of(senses, exact)
    candidates = catch(weights, exact, agency=filters.agency)
    return ranked(candidates, senses, weights, text), " ".join(tokens) if tokens != typed else ""


def _place(after: str) -> int:
    if after and not (after.isascii() and after.isdecimal() and len(after) <= 4):
        raise NoSuchPlace
    return int(after or 0)


def _facets(candidates: Iterable[Candidate], filters: Filters) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {
        "fields": Counter(),
        "levels": Counter(),
        "online": Counter(),
    }
    for candidate in candidates:
        if filters.keep(candidate, but="fields"):
            counts["fields"][candidate.field] += 1
        if filters.keep(candidate, but="levels"):
            counts["levels"].update(candidate.levels)
        if filters.keep(candidate, but="online"):
            counts["online"][candidate.online] += 1
    return counts


def _all(rows: ProcedureQuerySet, filters: Filters, limit: int, after: str) -> Finding:
    """List by use, then code; a place in the list is the last row's own use and code."""
    rows = rows.matching(
        fields=filters.fields, levels=filters.levels, online=filters.online, agency=filters.agency
    )
    if after:
        prominence, _, code = after.partition("-")
        if not (prominence.isdecimal() and len(prominence) <= 4):
            raise NoSuchPlace
        rows = rows.after(int(prominence), code)
    found = list(rows.order_by("-prominence", "code")[: limit + 1])
    page = found[:limit]
    more = f"{page[-1].prominence}-{page[-1].code}" if len(found) > limit else ""
    return Finding(hits=tuple(Hit.of(row) for row in page), after=more)
