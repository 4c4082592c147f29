"""Steps: each locks the dossier, checks, moves it, writes its history, and tells the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.http.refusals import StaleVersion
from motcua.backbone.journal import announce
from motcua.backbone.statements import Update
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.models.hot import HANDED_IN, locked_row, write_transition
from motcua.dossiers.operations.waiting import begin_wait, end_wait
from motcua.dossiers.rules.access import FourEyes, Held, check_may_take
from motcua.dossiers.rules.lifecycle import NEEDS_REASON, WAITING, State, Step, after
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack


class NoSuchDossier(NotFound):
    code = "dossiers.no-such-dossier"
    message = N_("There is no dossier {dossier} that you may see. Check the code.")


class ReasonNeeded(Invalid):
    code = "dossiers.reason-needed"
    message = N_("Say why, in words the person concerned understands (at least 10 letters).")


class SupplementUnclear(Invalid):
    code = "dossiers.supplement-unclear"
    message = N_("Name at least one paper or answer of this procedure that has to be supplied.")


class NothingGiven(Invalid):
    code = "dossiers.nothing-given"
    message = N_("Add the papers or correct the answers that the agency named, then send them.")


class FeeNotPaid(Conflict):
    code = "dossiers.fee-not-paid"
    message = N_("The fee is not paid yet. Ask for payment, or wait until it arrives.")


class NothingOwed(Conflict):
    code = "dossiers.nothing-owed"
    message = N_("Nothing is to be paid for this dossier, or it is paid already.")


class ResultNotReady(Conflict):
    code = "dossiers.result-not-ready"
    message = N_("The result is still being made. Try again in a moment.")


class WrongStage(Conflict):
    code = "dossiers.wrong-stage"
    message = N_("The workflow of this dossier has another step next. Reload it.")


class NeedsMore(Invalid):
    code = "dossiers.needs-more"
    message = N_("This step needs more than a reason. Take it on its own page of the dossier.")


BY_THEMSELVES = frozenset(
    {Step.REAPPOINT, Step.TRANSFER, Step.CONSULT, Step.CONSULTED, Step.REOPEN}
)
"""Steps with an operation of their own, for what they need besides a reason."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a dossier stands after a step."""

    code: str
    state: State
    due_at: datetime
    version: int


@one_transaction
def take_step(
    code: str,
    step: Step,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Sequence[str]] | None = None,
    seen: int | None = None,
) -> Moved:
    """
    Move a dossier one step and return where it stands then.

    :param reason: why; needed where something goes back to somebody
    :param details: for a request for supplement, ``{"papers": [...], "fields": [...]}``
    :param seen: the version the actor was looking at; ``None`` to take it as it is
    :raises NoSuchDossier: if the actor cannot see such a dossier
    :raises StaleVersion: if it changed since ``seen``
    :raises NotYourStep: if the step is someone else's to take
    :raises OwnDossier: if an official would process a dossier of their own
    :raises FourEyes: if the step wants other eyes and the actor did an earlier one
    :raises StepNotAllowed: if the dossier is not where the step starts
    :raises ReasonNeeded: if the step needs a reason and has none
    :raises SupplementUnclear: if a supplement is asked for that nobody could give
    :raises FeeNotPaid: if it is accepted before its fee is paid
    :raises NothingOwed: if payment is asked for and nothing is owed
    :raises NothingGiven: for ``Step.SUPPLY``, which ``answer_supplement`` takes with what is given
    :raises NeedsMore: for a step that takes more than a reason and has an operation of its own
    """
    if step is Step.SUPPLY:
        raise NothingGiven
    if step in BY_THEMSELVES:
        raise NeedsMore(step=step.value)
    dossier = locked(code, by=by, seen=seen)
    move(dossier, step, by=by, at=at, reason=reason, details=details)
    return Moved(code, State(dossier.state), dossier.due_at, dossier.version)


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
        raise StaleVersion(dossier=code)
    return dossier


def move(
    dossier: Dossier,
    step: Step,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Move a dossier that the caller holds locked; raises as ``take_step`` does."""
    before = State(dossier.state)
    waiting_from = State(dossier.waiting_from) if dossier.waiting_from else None
    target = after(before, step, waiting_from=waiting_from)
    _check_allowed(dossier, step, by=by)
    facts = {name: list(values) for name, values in (details or {}).items()}
    _check_ready(dossier, step, reason)
    if step is Step.ASK_SUPPLEMENT:
        _check_answerable(dossier, facts)
    if before in WAITING:
        end_wait(dossier, at=at)
    if target in WAITING:
        begin_wait(dossier, at=at, reason=reason, details=facts)
    _apply(dossier, step, target, by=by, at=at)
    if step is Step.ASK_SUPPLEMENT:
        dossier.asked_times += 1
    dossier.state = target
    dossier.version += 1
    (_write_answered if step is Step.SUPPLY else _write_moved)(dossier)
    taken = Transition.of(
        dossier, step, by=by, at=at, before=before, reason=reason.strip(), details=facts
    )
    write_transition(taken)
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
        details=taken.details,
    )
    announce(moved, by=by, at=taken.at)


WORKED = [Step.ACCEPT, Step.FORWARD, Step.PROPOSE]
"""Steps that end a stage of the work: who took one has had their eyes on the dossier."""

CHANGED = [
    "state",
    "stage",
    "stage_role",
    "holder",
    "holder_name",
    "received_at",
    "due_at",
    "done_at",
    "returned_at",
    "waits",
    "waiting_from",
    "waiting_since",
    "asked",
    "asked_times",
    "version",
]
"""What a step may change of the dossier's row."""

_write_moved = Update(Dossier, CHANGED)
_write_answered = Update(Dossier, [*CHANGED, *HANDED_IN])


def held(dossier: Dossier) -> Held:
    """Return what the rules of access need to know of a dossier."""
    return Held(
        applicant=dossier.applicant,
        agency=dossier.agency,
        state=State(dossier.state),
        stage_role=Role(dossier.stage_role),
        owes=owes(dossier),
        agent=dossier.agent,
        filer=dossier.filer,
        asked_times=dossier.asked_times,
        reappointments=dossier.reappointments,
    )


def owes(dossier: Dossier) -> bool:
    """Tell whether a fee is to be paid still."""
    return bool(dossier.fee) and dossier.paid_at is None


def _check_ready(dossier: Dossier, step: Step, reason: str) -> None:
    if step in NEEDS_REASON and len(reason.strip()) < 10:
        raise ReasonNeeded(problems=[{"at": "reason", "message": ReasonNeeded.message}])
    if step is Step.ACCEPT and owes(dossier):
        raise FeeNotPaid(dossier=dossier.code)
    if step is Step.ASK_PAYMENT and not owes(dossier):
        raise NothingOwed(dossier=dossier.code)
    if step is Step.RETURN and dossier.result is None:
        raise ResultNotReady(dossier=dossier.code)


def _check_allowed(dossier: Dossier, step: Step, *, by: Actor) -> None:
    """The step is the actor's; one that wants other eyes is not taken by who took an earlier."""
    check_may_take(step, by=by, held=held(dossier))
    stages = pack(dossier.pack).workflow
    if step not in (Step.PROPOSE, Step.APPROVE) or not stages[dossier.stage].four_eyes:
        return
    earlier = dossier.transitions.filter(by=by.id, step__in=WORKED)
    own = {"step": Step.PROPOSE, "stage": dossier.stage + 1}
    if earlier.exclude(**own).exists():
        raise FourEyes(step=step.value)


def _check_answerable(dossier: Dossier, asked: Mapping[str, Sequence[str]]) -> None:
    """What is asked for must be something the applicant can give."""
    definition = pack(dossier.pack)
    papers = {paper.id for paper in definition.papers}
    fields = {field.id for field in definition.form.fields}
    named = [*asked.get("papers", ()), *asked.get("fields", ())]
    unknown = set(asked.get("papers", ())) - papers | set(asked.get("fields", ())) - fields
    if not named or unknown:
        raise SupplementUnclear(problems=[{"at": "papers", "message": SupplementUnclear.message}])


def _apply(dossier: Dossier, step: Step, target: State, *, by: Actor, at: datetime) -> None:
    """Change what a step changes besides the state."""
    if step is Step.ACCEPT:
        dossier.received_at = at
    elif step in (Step.FORWARD, Step.PROPOSE):
        _go_to_stage(dossier, dossier.stage + 1)
    elif step is Step.SEND_BACK:
        _go_to_stage(dossier, dossier.stage - 1)
    elif step is Step.APPROVE:
        dossier.done_at = at
        dossier.stage_role = Role.CLERK
        dossier.holder = dossier.holder_name = ""
    elif step is Step.RETURN:
        dossier.returned_at = at
    if by.is_official and target is State.RECEIVED and step is Step.ACCEPT:
        dossier.holder, dossier.holder_name = by.id, by.name


def _go_to_stage(dossier: Dossier, stage: int) -> None:
    stages = pack(dossier.pack).workflow
    if not 0 < stage < len(stages):
        raise WrongStage(dossier=dossier.code)
    dossier.stage = stage
    dossier.stage_role = stages[stage].role
    dossier.holder = dossier.holder_name = ""
