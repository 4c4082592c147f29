"""
What was done to our dossiers since a place, for rooms that tell other portals of it.

Nothing is noted down when a step is taken: the steps themselves, in the order of their numbers, are
what is told, so none can be forgotten. A number may be given out before another and be seen after
it, where its transaction takes longer; `settled_place` knows up to where that is over.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from motcua.backbone.statements import Statement
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER, State, Step
from motcua.dossiers.rules.words import HAPPENED, TOLD_TO_APPLICANT
from motcua.kernel.scope import for_rooms

__all__ = [
    "START",
    "Place",
    "Record",
    "StepTold",
    "Waiting",
    "agencies_pattern",
    "last_place",
    "number_of",
    "records_of",
    "settled_place",
    "steps_between",
    "steps_of",
    "waiting_since",
]

MOST_COUNTED = 10_000
PATIENCE = 2.0
"""Seconds that steps under way are waited for."""
_PAUSE = 0.01

_GIVEN_OUT = Statement(
    "SELECT coalesce((SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
    "AND sequencename = 'dossiers_transition_id_seq'), 0), "
    "coalesce((SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
    "AND sequencename = 'dossiers_duemove_id_seq'), 0)"
)
_WRITERS = Statement(
    "SELECT virtualtransaction FROM pg_locks WHERE mode = 'RowExclusiveLock' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND relation IN ('dossiers_transition'::regclass, 'dossiers_duemove'::regclass) "
    "AND pid IS DISTINCT FROM pg_backend_pid()"
)
_STEP = """
    SELECT t.id, d.id, d.code, t.step, t.state, t.reason, t.at, t.by_name, t.agency,
        t.by IN (d.applicant, d.agent, d.filer), t.by LIKE 'system:%%'
    FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id
    """
_STEPS = Statement(_STEP + "WHERE t.id > %s AND t.id <= %s AND d.code ~ %s ORDER BY t.id LIMIT %s")
_STEPS_OF = Statement(_STEP + "WHERE d.id = %s ORDER BY t.id LIMIT 1000")
_NUMBER = Statement("SELECT id FROM dossiers_dossier WHERE code = %s")
_DUE_MOVES = Statement(
    """
    SELECT m.id, m.dossier_id FROM dossiers_duemove m JOIN dossiers_dossier d ON d.id = m.dossier_id
    WHERE m.id > %s AND m.id <= %s AND d.code ~ %s ORDER BY m.id LIMIT %s
    """
)
_RECORDS = Statement(
    """
    SELECT d.code, d.procedure, d.agency, d.title, d.applicant, d.applicant_name, d.channel,
        d.filed_at, d.received_at, d.due_at, d.done_at, d.returned_at, d.state, d.return_by, d.fee,
        greatest(
            (SELECT max(at) FROM dossiers_transition WHERE dossier_id = d.id),
            (SELECT max(at) FROM dossiers_duemove WHERE dossier_id = d.id)
        )
    FROM dossiers_dossier d WHERE d.id = ANY(%s) ORDER BY d.id
    """
)
_WAITING = Statement(
    """
    SELECT count(*), min(at) FROM (
        (SELECT t.at FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id
        WHERE t.id > %s AND d.code ~ %s ORDER BY t.id LIMIT %s)
        UNION ALL
        (SELECT m.at FROM dossiers_duemove m JOIN dossiers_dossier d ON d.id = m.dossier_id
        WHERE m.id > %s AND d.code ~ %s ORDER BY m.id LIMIT %s)
    ) each
    """
)


class Place(NamedTuple):
    """How far steps, and due times that moved without one, have been told: their numbers."""

    step: int
    due: int


START = Place(0, 0)


@dataclass(frozen=True, slots=True)
class StepTold:
    """
    A step as others may know of it.

    ``number`` is the step's, by which it is told in order. ``status`` is the national number of the
    state it led to, ``happened`` an English key of what it was. ``reason`` is empty where it is for
    officials' eyes only; ``by_name`` is empty where the applicant or their agent took the step, or
    the portal did, which ``by_portal`` tells.
    """

    number: int
    code: str
    status: int
    happened: str
    reason: str
    by_name: str
    by_portal: bool
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """
    A dossier as it stands; ``as_of`` is when that was last changed by a step or a moved due time.

    ``applicant`` is the id of an account or a party, ``return_by`` a number of national exchange.
    """

    code: str
    procedure: str
    agency: str
    title: str
    applicant: str
    applicant_name: str
    channel: int
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime
    done_at: datetime | None
    returned_at: datetime | None
    status: int
    return_by: int
    fee: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many steps have not been told, at most 10,000, and of when the oldest is."""

    count: int
    since: datetime | None


@for_rooms
def agencies_pattern(top: str) -> str:
    """Return the pattern of the codes of dossiers of one first-level agency, such as ``H26``."""
    return rf"^(\d{{3}}\.\d{{2}}\.\d{{2}}\.)?{top}(\.\d{{2,3}}){{0,3}}-"


@for_rooms
def last_place() -> Place:
    """Return the place after the last number given out, whatever became of it (one statement)."""
    return Place(*(_GIVEN_OUT.first() or START))


@for_rooms
def settled_place(*, sleep: Callable[[float], None] = time.sleep) -> Place | None:
    """
    Return a place before which no step can appear any more.

    A number is given out only to a transaction that holds a lock on the table until it ends. So
    the last number is read first, and then those are waited for that hold such a lock.

    :return: nothing where somebody takes longer than two seconds: ask again later
    """
    place = last_place()
    under_way = {each for (each,) in _WRITERS.all()}
    for _ in range(int(PATIENCE / _PAUSE)):
        if not under_way:
            return place
        sleep(_PAUSE)
        under_way &= {each for (each,) in _WRITERS.all()}
    return None


@for_rooms
def steps_between(
    since: Place, until: Place, pattern: str, *, limit: int
) -> tuple[Place, tuple[StepTold, ...], tuple[int, ...]]:
    """
    Return what follows ``since``: up to which place, the steps, the numbers of their dossiers.

    :param until: a place that `settled_place` gave
    :param limit: how many steps at most, and how many moved due times
    """
    steps = _STEPS.all(since.step, until.step, pattern, limit)
    moves = _DUE_MOVES.all(since.due, until.due, pattern, limit)
    place = Place(
        steps[-1][0] if len(steps) == limit else until.step,
        moves[-1][0] if len(moves) == limit else until.due,
    )
    dossiers = dict.fromkeys([row[1] for row in steps] + [row[1] for row in moves])
    return place, tuple(map(_step, steps)), tuple(dossiers)


@for_rooms
def records_of(dossiers: Collection[int]) -> tuple[Record, ...]:
    """Return dossiers by their numbers, as they stand now (one statement)."""
    return tuple(map(_record, _RECORDS.all(list(dossiers))))


@for_rooms
def number_of(code: str) -> int | None:
    """Return the number of a dossier by its code (one statement)."""
    row = _NUMBER.first(code)
    return None if row is None else int(row[0])


@for_rooms
def steps_of(dossier: int) -> tuple[StepTold, ...]:
    """Return the steps of a dossier by its number, at most 1,000 (one statement)."""
    return tuple(map(_step, _STEPS_OF.all(dossier)))


@for_rooms
def waiting_since(since: Place, pattern: str) -> Waiting:
    """Return what comes after a place (one statement)."""
    most = MOST_COUNTED
    row = _WAITING.first(since.step, pattern, most, since.due, pattern, most) or (0, None)
    return Waiting(min(row[0], most), row[1])


def _step(row: tuple[Any, ...]) -> StepTold:
    number, _, code, step, state, reason, at, by_name, agency, by_applicant, by_portal = row
    taken = Step(step)
    return StepTold(
        number=number,
        code=code,
        status=NATIONAL_NUMBER[State(state)],
        happened=HAPPENED[taken],
        reason=reason if taken in TOLD_TO_APPLICANT else "",
        by_name="" if by_applicant or by_portal else by_name,
        by_portal=by_portal,
        agency=agency,
        at=at,
    )


def _record(row: tuple[Any, ...]) -> Record:
    facts = list(row)
    facts[12] = NATIONAL_NUMBER[State(facts[12])]
    return Record(*facts)
