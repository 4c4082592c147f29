"""
Dossiers that other rooms know of: a person sees them in one list with those filed here.

A room above registers a source when the program starts; nothing here knows which there are.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Protocol, TypeVar

from motcua.dossiers.queries.lines import Tab
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.clock import standing as due_standing
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import ENDED, NATIONAL_NUMBER, OPEN, WAITING, State
from motcua.dossiers.rules.words import STATE_LOOK, STATE_WORDS
from motcua.kernel.actors import Actor
from motcua.kernel.folding import fold
from motcua.kernel.scope import for_rooms, public

__all__ = [
    "OPEN",
    "STATE_LOOK",
    "STATE_WORDS",
    "Due",
    "ElsewhereLine",
    "Looked",
    "PutAway",
    "Source",
    "State",
    "Tab",
    "chosen",
    "cursor_at",
    "due_of_state",
    "find_elsewhere",
    "fits",
    "looked_at_once",
    "place_at",
    "put_away",
    "register_archive",
    "register_source",
    "sources",
    "state_numbered",
    "tidy_code",
]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """
    A dossier held at another agency, as far as we were told.

    ``title`` is what it is about, for the applicant's eyes; ``public_title`` names only the
    procedure. ``told_at`` is when we heard last; ``cursor`` is its place in the list. Where it is
    not ``is_told``, we know no more of it than its status, and ``filed_at`` is the time of that.
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
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class PutAway:
    """A year of dossiers at other agencies that was put away; ``ask`` is who is asked about it."""

    year: int
    ask: str


@dataclass(frozen=True, slots=True)
class Looked:
    """
    Dossiers that were looked for, newest first.

    ``upto`` is the cursor of the place up to which was looked, empty where nothing older is left.
    """

    lines: Sequence[ElsewhereLine] = ()
    upto: str = ""


class Source(Protocol):
    """What a room above knows of dossiers at other agencies."""

    def page(
        self, *, by: Actor, at: datetime, before: str, text: str, tab: Tab, limit: int
    ) -> Looked:
        """Look through the actor's own, newest first, those after the place ``before``."""
        ...

    def find(self, code: str, *, at: datetime) -> ElsewhereLine | None:
        """Return a dossier by its code, whoever's it is."""
        ...

    def stands_for(self, codes: Collection[str]) -> Collection[str]:
        """Return those of ``codes`` that name dossiers which this source shows by another code."""
        ...


_sources: list[Source] = []
_archives: list[Callable[[str], PutAway | None]] = []

LOOKED_THROUGH = 500
"""Dossiers of one person that are looked through at a time for words or a tab."""
_TABS = {Tab.TODO: WAITING, Tab.UNDER_WAY: OPEN - WAITING, Tab.FINISHED: ENDED}

LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_MICROS = re.compile(r"-?\d{1,16}", re.ASCII)


@for_rooms
def register_source(source: Source) -> None:
    """Show a source's dossiers beside our own; called in ``ready()`` of a room above."""
    if source not in _sources:
        _sources.append(source)


@for_rooms
def register_archive(find: Callable[[str], PutAway | None]) -> None:
    """Ask ``find`` about codes that nobody has; called in ``ready()`` of a room above."""
    if find not in _archives:
        _archives.append(find)


@public
def put_away(code: str) -> PutAway | None:
    """Return the year that was put away to which the code of a dossier belongs, if there is one."""
    tidy = tidy_code(code)
    if tidy is None:
        return None
    return next(filter(None, (find(tidy) for find in _archives)), None)


@for_rooms
def sources() -> Sequence[Source]:
    """Return the sources that were registered."""
    return tuple(_sources)


@for_rooms
def cursor_at(filed_at: datetime, code: str) -> str:
    """Return the place of a line in the list."""
    return f"{(filed_at - _FIRST) // timedelta(microseconds=1)}~{code}"


@for_rooms
def place_at(cursor: str) -> tuple[datetime, str]:
    """Return when a line was filed, and its code; before the newest if the cursor names none."""
    micros, _, code = cursor.partition("~")
    if not _MICROS.fullmatch(micros):
        return LATEST, ""
    return _FIRST + timedelta(microseconds=int(micros)), code[:60]


@public
def find_elsewhere(code: str, *, at: datetime) -> ElsewhereLine | None:
    """Return a dossier held at another agency, for somebody who has its code."""
    tidy = tidy_code(code)
    if tidy is None:
        return None
    return next(filter(None, (source.find(tidy, at=at) for source in _sources)), None)


@for_rooms
def fits(state: State, told: str, *, text: str, tab: Tab) -> bool:
    """Tell whether a dossier in a state belongs under a tab and has all words of ``text``."""
    words = fold(told)
    return state in _TABS.get(tab, State) and all(word in words for word in fold(text).split())


@for_rooms
def looked_at_once(text: str, tab: Tab, limit: int) -> int:
    """Return how many dossiers are read to find ``limit`` that fit."""
    return LOOKED_THROUGH if text or tab in _TABS else limit


@for_rooms
def chosen(
    rows: Sequence[R],
    fit: Callable[[R], bool],
    cursor: Callable[[R], str],
    *,
    most: int,
    limit: int,
) -> tuple[list[R], str]:
    """
    Return the first ``limit`` rows that fit, and up to where was looked, as ``Looked`` says it.

    :param most: how many rows were asked for; fewer came where there are no more
    """
    found = list(islice(filter(fit, rows), limit))
    last = found if len(found) == limit else rows if len(rows) == most else ()
    return found, cursor(last[-1]) if last else ""


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
