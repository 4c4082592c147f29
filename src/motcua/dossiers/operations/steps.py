"""The steps that take no more than a reason, or a list of what is asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.moving import Moved, NoSuchDossier, WrongStage, locked, move
from motcua.dossiers.operations.step_checks import (
    FeeNotPaid,
    NothingOwed,
    ReasonNeeded,
    ResultNotReady,
    SupplementUnclear,
    held,
    owes,
)
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

__all__ = [
    "FeeNotPaid",
    "Moved",
    "NeedsMore",
    "NoSuchDossier",
    "NothingGiven",
    "NothingOwed",
    "ReasonNeeded",
    "ResultNotReady",
    "SupplementUnclear",
    "WrongStage",
    "held",
    "locked",
    "move",
    "owes",
    "take_step",
]


class NothingGiven(Invalid):
    code = "dossiers.nothing-given"
    message = N_("Add the papers or correct the answers that the agency named, then send them.")


class NeedsMore(Invalid):
    code = "dossiers.needs-more"
    message = N_("This step needs more than a reason. Take it on its own page of the dossier.")


BY_THEMSELVES = frozenset(
    {
        *(Step.REAPPOINT, Step.TRANSFER, Step.WAIVE, Step.REOPEN),
        *(Step.CONSULT, Step.CONSULTED, Step.RECALL),
    }
)
"""Steps with an operation of their own, for what they need besides a reason."""


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
    :raises ConflictOfInterest: if it is a relative's, or of somebody they act for
    :raises ActingEnded: if the actor's authority to act for the applicant is over
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
    return Moved.of(dossier)
