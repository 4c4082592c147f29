"""What must hold before a step is taken."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.standing import check_no_conflict, instead_of
from motcua.dossiers.rules.access import (
    APPLICANT_STEPS,
    INSTEAD_OF,
    SYSTEM_STEPS,
    FourEyes,
    Held,
    check_may_take,
)
from motcua.dossiers.rules.lifecycle import BRINGS_IN, NEEDS_REASON, State, Step
from motcua.dossiers.rules.opinions import OpinionState
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_, letters
from motcua.packs.queries.packs import pack


class ReasonNeeded(Invalid):
    code = "dossiers.reason-needed"
    message = N_("Say why, in words the person concerned understands (at least 10 letters).")


class SupplementUnclear(Invalid):
    code = "dossiers.supplement-unclear"
    message = N_("Name at least one paper or answer of this procedure that has to be supplied.")


class FeeNotPaid(Conflict):
    code = "dossiers.fee-not-paid"
    message = N_("The fee is not paid yet. Ask for payment, or wait until it arrives.")


class NothingOwed(Conflict):
    code = "dossiers.nothing-owed"
    message = N_("Nothing is to be paid for this dossier, or it is paid already.")


class OpinionsOpen(Conflict):
    code = "dossiers.opinions-open"
    message = N_("Another agency is still asked for its opinion. Wait for it, or recall it first.")


class ResultNotReady(Conflict):
    code = "dossiers.result-not-ready"
    message = N_("The result is still being made. Try again in a moment.")


WORKED = [Step.ACCEPT, Step.FORWARD, Step.PROPOSE]
"""Steps that end a stage of the work: who took one has had their eyes on the dossier."""


BEGINS_ANEW = sorted(BRINGS_IN - {Step.FILE})
"""Steps with which the work on a dossier begins from its start."""


def held(dossier: Dossier, *, consulted: frozenset[str] = frozenset()) -> Held:
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
        consulted=consulted,
    )


def owes(dossier: Dossier) -> bool:
    """Tell whether a fee is to be paid still."""
    return bool(dossier.fee) and dossier.paid_at is None


def check_ready(dossier: Dossier, step: Step, reason: str) -> None:
    """Check that the step has its reason, and that nothing is missing for it."""
    if step in NEEDS_REASON and letters(reason) < 10:
        raise ReasonNeeded(problems=[{"at": "reason", "message": ReasonNeeded.message}])
    if step in (Step.ACCEPT, Step.RETURN) and owes(dossier):
        raise FeeNotPaid(dossier=dossier.code)
    if step is Step.ASK_PAYMENT and not owes(dossier):
        raise NothingOwed(dossier=dossier.code)
    if step is Step.APPROVE and _opinions_open(dossier):
        raise OpinionsOpen(dossier=dossier.code)
    if step is Step.RETURN and dossier.result is None:
        raise ResultNotReady(dossier=dossier.code)


def check_allowed(dossier: Dossier, step: Step, *, by: Actor, consulted: frozenset[str]) -> None:
    """
    Check that the step is the actor's, and not kept from them by kin or an earlier step of theirs.

    Whoever stands in for a colleague stays who they are: what counts is the person.
    """
    known = held(dossier, consulted=consulted)
    check_may_take(step, by=by, held=known)
    if step not in APPLICANT_STEPS | SYSTEM_STEPS:
        check_no_conflict(known, by=by)
    dossier.taken_for = instead_of(step, known, dossier.holder, by=by)
    if step in (Step.PROPOSE, Step.APPROVE):
        _check_other_eyes(dossier, step, by=by)


def _check_other_eyes(dossier: Dossier, step: Step, *, by: Actor) -> None:
    """
    Check that who did the work does not control it.

    What was done before the dossier was last opened again or came from another agency is over.
    Where the pack does not ask for other eyes, whoever stands in for a colleague still never
    approves their own work: neither with a role that is lent, nor what they did with one.
    """
    begun = dossier.transitions.filter(step__in=BEGINS_ANEW).order_by("-id").values("id")[:1]
    this_time = Q(id__gt=Coalesce(Subquery(begun), 0))
    earlier = dossier.transitions.filter(this_time, by=by.id, step__in=WORKED)
    if not pack(dossier.pack).workflow[dossier.stage].four_eyes:
        if step is Step.PROPOSE:
            return
        if not dossier.taken_for:
            earlier = earlier.filter(details__has_key=INSTEAD_OF)
    own = {"step": Step.PROPOSE, "stage": dossier.stage + 1}
    if earlier.exclude(**own).exists():
        raise FourEyes(step=step.value)


def check_answerable(dossier: Dossier, asked: Mapping[str, Sequence[str]]) -> None:
    """Check that what is asked for is something the applicant can give."""
    definition = pack(dossier.pack)
    papers = {paper.id for paper in definition.papers}
    fields = {field.id for field in definition.form.fields}
    named = [*asked.get("papers", ()), *asked.get("fields", ())]
    unknown = set(asked.get("papers", ())) - papers | set(asked.get("fields", ())) - fields
    if not named or unknown:
        raise SupplementUnclear(problems=[{"at": "papers", "message": SupplementUnclear.message}])


def _opinions_open(dossier: Dossier) -> bool:
    return Opinion.objects.filter(dossier=dossier, state=OpinionState.OPEN).exists()
