"""Moving a dossier: lock it, check the step, change it, write its history, tell the house."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Self

from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.statements import Along
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.models.hot import locked_row, writer_of
from motcua.dossiers.operations.archiving import keep_for_archive
from motcua.dossiers.operations.changes import stale
from motcua.dossiers.operations.standing import check_acting
from motcua.dossiers.operations.step_checks import check_allowed, check_answerable, check_ready
from motcua.dossiers.operations.waiting import begin_stage, begin_wait, end_stages, end_wait
from motcua.dossiers.rules.access import INSTEAD_OF
from motcua.dossiers.rules.corrections import WAS
from motcua.dossiers.rules.lifecycle import WAITING, State, Step, after
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack

Details = Mapping[str, Sequence[str]]
"""What a step was about besides its reason: lists of ids or words, by name."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a dossier stands after a step."""

    code: str
    state: State
    due_at: datetime
    version: int

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Return where a dossier stands."""
        return cls(dossier.code, State(dossier.state), dossier.due_at, dossier.version)


class NoSuchDossier(NotFound):
    code = "dossiers.no-such-dossier"
    message = N_("There is no dossier {dossier} that you may see. Check the code.")


class WrongStage(Conflict):
    code = "dossiers.wrong-stage"
    message = N_("The workflow of this dossier has another step next. Reload it.")


def locked(code: str, *, by: Actor, seen: int | None = None) -> Dossier:
    """
    Return a dossier the actor may see, held until the transaction ends.

    :raises NoSuchDossier: if there is none
    :raises StaleVersion: if its version is not ``seen``
    """
    dossier = locked_row(code, by)
    if dossier is None:
        raise NoSuchDossier(dossier=code)
    if seen is not None and seen != dossier.version:
        raise stale(dossier, seen)
    return dossier


def move(
    dossier: Dossier,
    step: Step,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Details | None = None,
    also: Iterable[str] = (),
) -> None:
    """Move a dossier that the caller holds locked; raises as ``take_step`` does."""
    target = check_step(dossier, step, by=by, reason=reason)
    check_acting(dossier, by=by, at=at)
    facts = {name: list(values) for name, values in (details or {}).items()}
    if step is Step.ASK_SUPPLEMENT:
        check_answerable(dossier, facts)
    before = State(dossier.state)
    if before in WAITING:
        end_wait(dossier, by=by, at=at)
    if target in WAITING:
        begin_wait(dossier, at=at, reason=reason, details=facts)
    _apply(dossier, step, by=by, at=at)
    record_step(dossier, step, target, by=by, at=at, reason=reason, details=facts, also=also)


def check_step(
    dossier: Dossier,
    step: Step,
    *,
    by: Actor,
    reason: str = "",
    consulted: frozenset[str] = frozenset(),
) -> State:
    """
    Return where a step would lead a dossier that the caller holds locked; change nothing.

    :param consulted: the agencies whose opinion is still asked for, where it matters
    :raises Refusal: as ``take_step`` does
    """
    waiting_from = State(dossier.waiting_from) if dossier.waiting_from else None
    target = after(State(dossier.state), step, waiting_from=waiting_from)
    check_allowed(dossier, step, by=by, consulted=consulted)
    check_ready(dossier, step, reason)
    return target


def record_step(
    dossier: Dossier,
    step: Step,
    target: State,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Details | None = None,
    also: Iterable[str] = (),
) -> None:
    """
    Write a step down that was checked and applied: the dossier, its history, the journal.

    :param also: the columns it changed beside those that steps change as a rule
    """
    before, dossier.state = dossier.state, target
    dossier.version += 1
    if step in ANSWERS and dossier.answered_at is None:
        dossier.answered_at = at
    end_stages(dossier)
    keep_for_archive(dossier, at=at)
    facts = {name: list(values) for name, values in (details or {}).items()}
    if dossier.taken_for:
        facts[INSTEAD_OF] = [dossier.taken_for]
    taken = Transition.of(
        dossier, step, by=by, at=at, before=before, reason=reason.strip(), details=facts
    )
    _writer(tuple(also))(dossier, taken)
    _announce(dossier, taken, by=by)


def _announce(dossier: Dossier, taken: Transition, *, by: Actor) -> None:
    moved = DossierMoved(
        subject=dossier.code,
        step=taken.step,
        before=taken.before,
        state=taken.state,
        agency=dossier.agency,
        applicant=dossier.applicant,
        reason=taken.reason,
        due_at=localtime(dossier.due_at).isoformat(),
        details={name: taken.details[name] for name in taken.details if name != WAS},
    )
    announce(moved, by=by, at=taken.at)


ANSWERS = frozenset({Step.ACCEPT, Step.REFUSE, Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT})
"""Steps by which an agency answers a filing for the first time."""

CHANGED = [
    "state",
    "stage",
    "stage_role",
    "sent_back",
    "stage_since",
    "stage_due_at",
    "holder",
    "holder_name",
    "received_at",
    "answered_at",
    "due_at",
    "done_at",
    "returned_at",
    "waits",
    "waiting_from",
    "waiting_since",
    "wait_until",
    "asked",
    "asked_times",
    "archive_on",
    "archive_action",
    "version",
]
"""What any step may change of the dossier's row; a step that changes more names it."""


@cache
def _writer(also: tuple[str, ...]) -> Along[Dossier, Transition]:
    """Return the statement that writes what a step changed, built once for each kind of step."""
    return writer_of([*CHANGED, *also])


def _apply(dossier: Dossier, step: Step, *, by: Actor, at: datetime) -> None:
    """Change what a step changes besides the state."""
    if step is Step.ACCEPT:
        dossier.received_at = at
        if by.is_official:
            dossier.holder, dossier.holder_name = by.id, by.name
    elif step in (Step.FORWARD, Step.PROPOSE):
        go_to_stage(dossier, dossier.stage + 1, at=at)
    elif step is Step.SEND_BACK:
        go_to_stage(dossier, dossier.stage - 1, at=at)
    elif step is Step.ASK_SUPPLEMENT:
        dossier.asked_times += 1
    elif step is Step.APPROVE:
        dossier.done_at = at
        dossier.stage_role = Role.CLERK
        dossier.holder = dossier.holder_name = ""
    elif step is Step.RETURN:
        dossier.returned_at = at


def go_to_stage(dossier: Dossier, stage: int, *, at: datetime) -> None:
    """
    Bring a dossier to a stage of its workflow after the desk; nobody there has it in hand yet.

    :raises WrongStage: if its workflow has no such stage
    """
    stages = pack(dossier.pack).workflow
    if not 0 < stage < len(stages):
        raise WrongStage(dossier=dossier.code)
    dossier.sent_back = stage < dossier.stage
    dossier.stage = stage
    dossier.stage_role = stages[stage].role
    dossier.holder = dossier.holder_name = ""
    begin_stage(dossier, at=at)
