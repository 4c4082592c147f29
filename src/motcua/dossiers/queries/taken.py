"""Every step ever taken, and every due time that moved without one: for figures made elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.horizon import complete_up_to
from motcua.dossiers.models import DueMove, Transition
from motcua.dossiers.rules.lifecycle import BRINGS_IN, SETTLES, WAITING, Step
from motcua.dossiers.rules.works import ENDED_BY
from motcua.kernel.scope import for_rooms


@dataclass(frozen=True, slots=True)
class StepTaken:
    """
    A step and what it left behind; ``work`` is the stretch of work it ended, or nothing.

    It says nothing of any person but the dossier's code.
    """

    id: int
    dossier: str
    step: str
    before: str
    state: str
    brings_in: bool
    settles: bool
    waits: bool
    work: str
    agency: str
    procedure: str
    channel: int
    due_at: datetime
    counted_late: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class DueMoved:
    """A due time that a changed calendar moved, and the agency that the dossier is at now."""

    id: int
    dossier: str
    agency: str
    at: datetime
    due_at: datetime


@for_rooms
def last_step() -> int:
    """Return the id of the last step below which all are there; two small statements."""
    return complete_up_to(Transition)


@for_rooms
def last_due_move() -> int:
    """Return the id of the last move below which all are there; two small statements."""
    return complete_up_to(DueMove)


@for_rooms
def steps_taken(*, after: int, until: int, since: datetime, limit: int) -> tuple[StepTaken, ...]:
    """Return steps in order of their ids, from ``after`` to ``until`` included; one statement."""
    rows = Transition.objects.filter(pk__gt=after, pk__lte=until, at__gte=since).order_by("pk")
    names = (
        *("pk", "dossier__code", "step", "before", "state"),
        *("agency", "procedure", "channel", "due_at", "counted_late", "at"),
    )
    return tuple(
        StepTaken(
            id_,
            code,
            step,
            before,
            state,
            Step(step) in BRINGS_IN,
            Step(step) in SETTLES,
            state in WAITING,
            "" if before in WAITING else str(ENDED_BY.get(Step(step), "")),
            *rest,
        )
        for id_, code, step, before, state, *rest in rows.values_list(*names)[:limit]
    )


@for_rooms
def due_moves(*, after: int, until: int, since: datetime, limit: int) -> tuple[DueMoved, ...]:
    """Return moves in order of their ids, from ``after`` to ``until`` included; one statement."""
    rows = DueMove.objects.filter(pk__gt=after, pk__lte=until, at__gte=since).order_by("pk")
    names = ("pk", "dossier__code", "dossier__agency", "at", "due_at")
    return tuple(DueMoved(*row) for row in rows.values_list(*names)[:limit])
