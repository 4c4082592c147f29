"""Who may do what with a dossier."""

from typing import NamedTuple

from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden, Refusal
from motcua.kernel.text import N_

APPLICANT_STEPS = frozenset({Step.WITHDRAW, Step.SUPPLY})
SYSTEM_STEPS = frozenset({Step.PAY, Step.EXPIRE})

INSTEAD_OF = "instead_of"
"""The detail of a step that names the absent colleague in whose place it was taken."""

WORKERS = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
"""Whose posts work on dossiers: they note, answer and hand over."""

OPINION_ROLES = frozenset({Role.SPECIALIST, Role.LEADER})
"""Who answers when another agency asks for an opinion."""

MOST = 2
"""How often a dossier can be appointed anew: once, and once more by the leader."""

DESK_STATES = frozenset({State.NEW, State.RECEIVED, State.DONE})
"""States in which the one-stop desk holds the dossier."""

STAGE_FOR = {
    Step.PROPOSE: Role.SPECIALIST,
    Step.APPROVE: Role.LEADER,
    Step.SEND_BACK: Role.LEADER,
}
"""Steps that only one kind of stage knows."""


class Held(NamedTuple):
    """
    What the rules of access need to know of a dossier.

    ``agent`` may act for the applicant now, ``filer`` handed it in; ``owes`` a fee not paid yet;
    ``asked_times`` counts requests for supplement, ``reappointments`` new appointments;
    ``consulted`` are the agencies whose opinion is still asked for.
    """

    applicant: str
    agency: str
    state: State
    stage_role: Role
    owes: bool = False
    agent: str = ""
    filer: str = ""
    asked_times: int = 0
    reappointments: int = 0
    consulted: frozenset[str] = frozenset()

    @property
    def concerned(self) -> frozenset[str]:
        """Who stands behind this dossier, and so never processes it."""
        return frozenset({self.applicant, self.agent, self.filer} - {""})


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


def receives_for(by: Actor) -> frozenset[str]:
    """Return to whom a hand-over list may be made out that this official confirms."""
    return frozenset({"", by.id, *(absent.id for absent in by.stands_in_for)})


def check_may_take(step: Step, *, by: Actor, held: Held) -> None:
    """
    Check that this actor may take this step.

    Applicants, and whoever may act for them, act on their own dossier; officials on their
    agency's, in the role that holds it now: the desk until it is forwarded, then the role of the
    workflow's stage. A leader alone opens a dossier again, takes back a fee asked by mistake,
    appoints a second time, or asks for more papers a second time. What an agency asked another,
    its specialists and leaders recall, whoever holds the dossier.

    :raises NotYourStep: if the step is not theirs
    :raises OwnDossier: if an official would process a dossier of their own
    """
    if step in SYSTEM_STEPS:
        allowed = by.id.startswith("system:")
    elif step in APPLICANT_STEPS:
        allowed = is_theirs(by=by, applicant=held.applicant, agent=held.agent)
    elif by.id in held.concerned:
        raise OwnDossier(step=step.value)
    elif step is Step.RECALL:
        allowed = bool(held.consulted) and by.serves(held.agency, *OPINION_ROLES)
    elif step is Step.CONSULTED:
        allowed = by.agency in held.consulted and not by.roles.isdisjoint(OPINION_ROLES)
    else:
        roles = roles_that_may(step, held)
        allowed = bool(roles) and by.serves(held.agency, *roles)
    if not allowed:
        raise NotYourStep(step=step.value)


def roles_that_may(step: Step, held: Held) -> frozenset[Role]:
    """Return the roles in the dossier's agency whose holders may take an official's step."""
    holds, leader = role_that_holds(held), frozenset({Role.LEADER})
    if is_leaders(step, asked_times=held.asked_times, reappointments=held.reappointments):
        return leader
    if step is Step.REAPPOINT:
        return leader | {holds}
    if step is Step.TRANSFER:
        return leader | {Role.CLERK} if held.state in DESK_STATES else leader
    if step is Step.CONSULT:
        return OPINION_ROLES & {holds}
    if STAGE_FOR.get(step, held.stage_role) is not held.stage_role:
        return frozenset()
    return frozenset({holds})


def is_leaders(step: Step, *, asked_times: int, reappointments: int) -> bool:
    """Tell whether a step is the leader's alone: to open again, waive, or do a second time."""
    again = {Step.ASK_SUPPLEMENT: asked_times, Step.REAPPOINT: reappointments}
    return step in (Step.REOPEN, Step.WAIVE) or bool(again.get(step))


def role_that_holds(held: Held) -> Role:
    """Return the role of the officials who hold the dossier now."""
    return Role.CLERK if held.state in DESK_STATES else held.stage_role


def may_take(step: Step, *, by: Actor, held: Held) -> bool:
    """Tell whether ``check_may_take`` would let this actor take a step that starts here."""
    if step not in LIFECYCLE[held.state]:
        return False
    try:
        check_may_take(step, by=by, held=held)
    except Refusal:
        return False
    return True


def is_theirs(*, by: Actor, applicant: str, agent: str = "") -> bool:
    """Tell whether the dossier is the actor's own, or its applicant's for whom they may act."""
    return bool(by.id) and by.id in {applicant, agent}
