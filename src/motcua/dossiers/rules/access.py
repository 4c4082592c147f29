"""Who may do what with a dossier."""

from dataclasses import dataclass

from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.text import N_

APPLICANT_STEPS = frozenset({Step.WITHDRAW, Step.SUPPLY})
SYSTEM_STEPS = frozenset({Step.PAY})

DESK_STATES = frozenset({State.NEW, State.RECEIVED, State.DONE})
"""States in which the one-stop desk holds the dossier."""


STAGE_FOR = {
    Step.PROPOSE: Role.SPECIALIST,
    Step.APPROVE: Role.LEADER,
    Step.SEND_BACK: Role.LEADER,
}
"""Steps that only one kind of stage knows."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the rules of access need to know of a dossier; ``owes`` a fee not paid yet."""

    applicant: str
    agency: str
    state: State
    stage_role: Role
    owes: bool = False


class NotYourStep(Forbidden):
    code = "dossiers.not-your-step"
    message = N_("This step is for somebody else to take. Ask the person who holds the dossier.")


class OwnDossier(Forbidden):
    code = "dossiers.own-dossier"
    message = N_("You may not process your own dossier. A colleague has to.")


class FourEyes(Forbidden):
    code = "dossiers.four-eyes"
    message = N_(
        "Whoever did an earlier step of this dossier may not take this one. A colleague has to."
    )


def check_may_take(step: Step, *, by: Actor, held: Held) -> None:
    """
    Check that this actor may take this step.

    Applicants act on their own dossier; officials on their agency's, in the role that holds it
    now: the desk until it is forwarded, then the role of the workflow's stage.

    :raises NotYourStep: if the step is not theirs
    :raises OwnDossier: if an official would process a dossier of their own
    """
    if step in SYSTEM_STEPS:
        allowed = by.id.startswith("system:")
    elif step in APPLICANT_STEPS:
        allowed = by.id == held.applicant
    else:
        if by.id == held.applicant:
            raise OwnDossier(step=step.value)
        right_stage = STAGE_FOR.get(step, held.stage_role) is held.stage_role
        allowed = right_stage and by.serves(held.agency, role_that_holds(held))
    if not allowed:
        raise NotYourStep(step=step.value)


def role_that_holds(held: Held) -> Role:
    """Return the role of the officials who hold the dossier now."""
    return Role.CLERK if held.state in DESK_STATES else held.stage_role


def may_take(step: Step, *, by: Actor, held: Held) -> bool:
    """Tell whether ``check_may_take`` would let this actor take a step that starts here."""
    if step not in LIFECYCLE[held.state] or (step is Step.ASK_PAYMENT and not held.owes):
        return False
    try:
        check_may_take(step, by=by, held=held)
    except Refusal:
        return False
    return True


def may_look(*, by: Actor, applicant: str, agency: str) -> bool:
    """Tell whether the actor may see the dossier at all."""
    return bool(by.id) and (by.id == applicant or by.serves(agency))
