"""Runs that do one thing to many dossiers: how far they are, and how each dossier fared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from motcua.backbone.sentences import say
from motcua.dossiers.models import Bulk, Dossier
from motcua.dossiers.rules.access import DESK_STATES
from motcua.dossiers.rules.bulk import What, waits_for
from motcua.dossiers.rules.left_out import LeftOut, read
from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_


class UnknownRun(NotFound):
    code = "dossiers.unknown-run"
    message = N_("There is no such run of yours. Look through those you started.")


@dataclass(frozen=True, slots=True)
class Run:
    """A run, and how many of its dossiers are done, refused, and waiting still."""

    id: int
    what: What
    at: datetime
    done: int
    refused: int
    waiting: int
    undoes: int | None
    undone_by: int | None

    @property
    def total(self) -> int:
        """Return how many dossiers the run has."""
        return self.done + self.refused + self.waiting


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a dossier of a run fared: ``done``, ``waiting``, or ``refused`` and ``why``."""

    code: str
    title: str
    applicant_name: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class RunSeen:
    """
    A run with its dossiers: those refused first, then those that wait, then the done.

    ``left_out`` was asked for and is no part of it.
    """

    run: Run
    outcomes: tuple[Outcome, ...]
    left_out: tuple[LeftOut, ...]


def runs(*, by: Actor, limit: int = 20) -> tuple[Run, ...]:
    """Return the runs the actor started last, newest first (one statement)."""
    return tuple(_run(x) for x in _mine(by).order_by("-pk")[:limit])


def run_named(run: int, *, by: Actor) -> RunSeen:
    """
    Return a run of the actor with its dossiers (two statements).

    :raises UnknownRun: if it is not theirs
    """
    found = _mine(by).filter(pk=run).first()
    if found is None:
        raise UnknownRun
    items = found.items.select_related("dossier").only(
        "state", "why", "dossier__code", "dossier__title", "dossier__applicant_name"
    )
    place = {"refused": 0, "waiting": 1, "done": 2}
    outcomes = sorted(
        (
            Outcome(
                x.dossier.code,
                x.dossier.title,
                x.dossier.applicant_name,
                x.state,
                say(x.why["message"], x.why["facts"]) if x.why else "",
            )
            for x in items
        ),
        key=lambda outcome: (place[outcome.state], outcome.code),
    )
    return RunSeen(_run(found), tuple(outcomes), read(found.left_out))


def left_out_of_run(run: int, *, by: Actor) -> tuple[LeftOut, ...]:
    """
    Return what was asked for in a run of the actor and is no part of it (one statement).

    :raises UnknownRun: if it is not theirs
    """
    found = Bulk.objects.filter(pk=run, by=by.id, agency=by.agency or "").only("left_out").first()
    if found is None:
        raise UnknownRun
    return read(found.left_out)


def posts_of(codes: Collection[str], *, by: Actor) -> tuple[Role, ...]:
    """Return the posts that have these dossiers now (one statement)."""
    found = Dossier.objects.filter(agency=by.agency, code__in=codes) if by.agency else None
    rows = found.values_list("state", "stage_role").distinct() if found is not None else ()
    desk = {state.value for state in DESK_STATES}
    return tuple(sorted({Role.CLERK if state in desk else Role(role) for state, role in rows}))


def standing_elsewhere(
    what: What, codes: Collection[str], *, by: Actor
) -> dict[str, tuple[State, Role]]:
    """
    Return the state and the stage's role of those that do not wait for this (one statement).

    What is no dossier of the actor's agency is not among them.
    """
    found = Dossier.objects.filter(agency=by.agency or "", code__in=codes)
    rows = found.values_list("code", "state", "stage_role")
    stand = {code: (State(state), Role(role)) for code, state, role in rows}
    return {code: where for code, where in stand.items() if not waits_for(what, *where)}


def _mine(by: Actor) -> Any:
    mine = Bulk.objects.filter(by=by.id, agency=by.agency or "")
    states = ("done", "refused", "waiting")
    return mine.select_related("undone_by").annotate(
        **{f"n_{state}": Count("items", filter=Q(items__state=state)) for state in states}
    )


def _run(x: Any) -> Run:
    back = getattr(x, "undone_by", None)
    return Run(
        id=x.pk,
        what=What(x.what),
        at=x.at,
        done=x.n_done,
        refused=x.n_refused,
        waiting=x.n_waiting,
        undoes=x.undoes_id,
        undone_by=back.pk if back else None,
    )
