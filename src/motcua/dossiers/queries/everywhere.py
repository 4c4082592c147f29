"""A person's dossiers from everywhere as one list, in pages that go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.elsewhere import ElsewhereLine, Looked, Source, place_at, sources
from motcua.dossiers.queries.lines import DossierLine, Tab
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

ROUNDS = 3
"""How often a source is asked for one page; where that does not fill it, the next goes on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose dossiers are listed, and which of them."""

    by: Actor
    at: datetime
    text: str
    tab: Tab


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A page of a person's dossiers, newest first.

    ``there`` is where those elsewhere go on. ``looked_to`` is the time of filing up to which was
    looked, where that was not enough for a full page.
    """

    lines: tuple[DossierLine | ElsewhereLine, ...]
    there: str
    has_more: bool
    looked_to: datetime | None


def elsewhere(*, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int) -> Looked:
    """
    Look through the actor's dossiers at other agencies, newest first.

    One that is kept here too is left out: this portal knows it better. Of a person who has very
    many, as many are looked through as one page may cost; ``upto`` tells where to go on.

    :param before: the place where the page before ended, empty for the newest
    """
    asked = Asked(by, at, text, tab)
    looked = [_first_of(source, asked, before=before, limit=limit) for source in sources()]
    lines = sorted((x for each in looked for x in each.lines), key=_place, reverse=True)
    upto = max((each.upto for each in looked if each.upto), key=place_at, default="")
    if upto:
        lines = [line for line in lines if _place(line) >= place_at(upto)]
    return _cut(lines, upto, limit=limit)


@for_rooms
def merged(ours: Sequence[DossierLine], theirs: Looked, *, limit: int, there: str = "") -> Shown:
    """
    Make one page of two lists, each newest first and each staying in its own order.

    Ours from before the time up to which was looked elsewhere are left for the next page.

    :param there: where the page before ended among those elsewhere
    """
    end = place_at(theirs.upto)[0] if theirs.upto else None
    near = list(takewhile(lambda line: end is None or line.filed_at >= end, ours))
    lines = tuple(islice(_by_time(near, theirs.lines), limit))
    shown = [line for line in lines if isinstance(line, ElsewhereLine)]
    there = shown[-1].cursor if shown else there
    return Shown(
        lines=lines,
        there=(theirs.upto or there) if len(shown) == len(theirs.lines) else there,
        has_more=bool(theirs.upto) or len(ours) + len(theirs.lines) > len(lines),
        looked_to=end if len(lines) < limit else None,
    )


def _first_of(source: Source, asked: Asked, *, before: str, limit: int) -> Looked:
    """Return a source's first lines, if need be of several rounds."""
    found: list[ElsewhereLine] = []
    for _ in range(ROUNDS):
        more = source.page(
            by=asked.by, at=asked.at, before=before, text=asked.text, tab=asked.tab, limit=limit
        )
        found += _told_once(more.lines, source) if more.lines else ()
        before = more.upto
        if not before or len(found) >= limit:
            break
    return _cut(found, before, limit=limit)


def _cut(lines: list[ElsewhereLine], upto: str, *, limit: int) -> Looked:
    """Return the first lines; what was looked at beyond them counts as not looked at."""
    kept = lines[:limit]
    return Looked(kept, kept[-1].cursor if len(kept) < len(lines) else upto)


def _told_once(lines: Sequence[ElsewhereLine], source: Source) -> Sequence[ElsewhereLine]:
    """Leave out what is kept here, and what another source shows by another code."""
    codes = [line.code for line in lines]
    known = set(Dossier.objects.filter(code__in=codes).values_list("code", flat=True))
    for other in sources():
        known.update(other.stands_for(codes) if other is not source else ())
    return [line for line in lines if line.code not in known]


def _place(line: ElsewhereLine) -> tuple[datetime, str]:
    return place_at(line.cursor)


def _by_time(
    ours: Sequence[DossierLine], theirs: Sequence[ElsewhereLine]
) -> Iterator[DossierLine | ElsewhereLine]:
    here, there = 0, 0
    while here < len(ours) or there < len(theirs):
        newer = there == len(theirs) or (
            here < len(ours) and ours[here].filed_at >= theirs[there].filed_at
        )
        if newer:
            yield ours[here]
            here += 1
        else:
            yield theirs[there]
            there += 1
