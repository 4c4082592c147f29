"""
Dossiers that other rooms know of: a person sees them in one list with those filed here.

A room above registers a source when the program starts; nothing here knows which there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import DossierLine, Tab
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.clock import standing as due_standing
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import ENDED, NATIONAL_NUMBER, OPEN, WAITING, State
from motcua.dossiers.rules.words import STATE_LOOK, STATE_WORDS
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms, public

__all__ = [
    "ENDED",
    "OPEN",
    "STATE_LOOK",
    "STATE_WORDS",
    "WAITING",
    "Due",
    "ElsewhereLine",
    "Source",
    "State",
    "Tab",
    "due_of_state",
    "elsewhere",
    "find_elsewhere",
    "merged",
    "register_source",
    "state_numbered",
    "tidy_code",
]


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """
    A dossier held at another agency, as far as we were told.

    ``title`` is what it is about, for the applicant's eyes; ``public_title`` names only the
    procedure. ``told_at`` is when we heard last; ``cursor`` is its place in the list.
    """

    code: str
    title: str
    public_title: str
    agency: str
    agency_name: str
    state: State
    due: Due
    due_at: datetime | None
    filed_at: datetime
    told_at: datetime
    address: str
    cursor: str


class Source(Protocol):
    """What a room above knows of dossiers at other agencies."""

    def page(
        self, *, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int
    ) -> Sequence[ElsewhereLine]:
        """Return the actor's own, newest first, those after the line with cursor ``before``."""
        ...

    def find(self, code: str, *, at: datetime) -> ElsewhereLine | None:
        """Return a dossier by its code, whoever's it is."""
        ...


_sources: list[Source] = []


@for_rooms
def register_source(source: Source) -> None:
    """Show a source's dossiers beside our own; called in ``ready()`` of a room above."""
    if source not in _sources:
        _sources.append(source)


def elsewhere(
    *, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int
) -> list[ElsewhereLine]:
    """
    Return the actor's dossiers at other agencies, newest first.

    One that is kept here too is left out: this portal knows it better.

    :param before: the cursor of the last line seen, empty for the newest
    """
    found: list[ElsewhereLine] = []
    for source in _sources:
        found += source.page(by=by, at=at, before=before, text=text, tab=tab, limit=limit)
    if not found:
        return []
    here = Dossier.objects.filter(code__in=[line.code for line in found])
    ours = set(here.values_list("code", flat=True))
    lines = (line for line in found if line.code not in ours)
    return sorted(lines, key=lambda line: line.filed_at, reverse=True)[:limit]


@public
def find_elsewhere(code: str, *, at: datetime) -> ElsewhereLine | None:
    """Return a dossier held at another agency, for somebody who has its code."""
    tidy = tidy_code(code)
    if tidy is None:
        return None
    return next(filter(None, (source.find(tidy, at=at) for source in _sources)), None)


@for_rooms
def merged(
    ours: Sequence[DossierLine], theirs: Sequence[ElsewhereLine], *, limit: int
) -> Iterator[DossierLine | ElsewhereLine]:
    """Yield two lists, each newest first, as one; each stays in its own order."""
    here, there = 0, 0
    for _ in range(min(limit, len(ours) + len(theirs))):
        newer = there == len(theirs) or (
            here < len(ours) and ours[here].filed_at >= theirs[there].filed_at
        )
        if newer:
            yield ours[here]
            here += 1
        else:
            yield theirs[there]
            there += 1


@for_rooms
def state_numbered(number: int) -> State:
    """Return the state that has a number in messages of the national portal."""
    return _BY_NUMBER[number]


@for_rooms
def due_of_state(state: State, due_at: datetime | None, *, at: datetime) -> Due:
    """Return how the due time of a dossier elsewhere stands; nothing where it is settled."""
    if due_at is None or state not in OPEN or state is State.DONE:
        return Due.NONE
    return due_standing(due_at, state, at)


_BY_NUMBER = {number: state for state, number in NATIONAL_NUMBER.items()}
