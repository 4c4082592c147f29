"""In what standing somebody takes a step: a stranger to it, by an authority, for a colleague."""

from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.access import (
    APPLICANT_STEPS,
    SYSTEM_STEPS,
    Held,
    OwnDossier,
    roles_that_may,
)
from motcua.dossiers.rules.lifecycle import Step
from motcua.identity.queries.authorities import may_act_for
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_


class ConflictOfInterest(Forbidden):
    code = "dossiers.conflict-of-interest"
    message = N_(
        "You are a relative of somebody behind this dossier, or act for them. "
        "A colleague has to take it."
    )


class ActingEnded(Forbidden):
    code = "dossiers.acting-ended"
    message = N_("You may no longer act for {name}. Record your authority anew, or let them do it.")


def is_near(known: Held, *, by: Actor) -> bool:
    """Tell whether an official is too near to somebody behind a dossier to process it."""
    return any(related(by.id, each) for each in sorted(known.concerned))


def check_no_conflict(known: Held, *, by: Actor) -> None:
    """
    Check that an official is a stranger to everybody behind a dossier.

    :raises ConflictOfInterest: if one of them is a relative, or somebody they act for
    """
    if is_near(known, by=by):
        raise ConflictOfInterest


def check_stranger(known: Held, *, by: Actor, step: str) -> None:
    """
    Check that what an official does to a dossier, besides its steps, is not for their own.

    :raises OwnDossier: if they stand behind it themselves
    :raises ConflictOfInterest: if a relative does, or somebody they act for
    """
    if by.id in known.concerned:
        raise OwnDossier(step=step)
    check_no_conflict(known, by=by)


def check_acting(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """
    Check that who acts for the applicant may still do so at this moment.

    :raises ActingEnded: if the authority was revoked or is over
    """
    if by.id != dossier.agent or by.id == dossier.applicant:
        return
    if may_act_for(by.id, dossier.applicant, dossier.procedure, at) is None:
        raise ActingEnded(name=dossier.applicant_name)


def instead_of(step: Step, known: Held, holder: str, *, by: Actor) -> str:
    """Return in whose place an official takes a step, the name; empty where in their own."""
    if step in APPLICANT_STEPS | SYSTEM_STEPS or not by.stands_in_for:
        return ""
    return by.instead_of(holder, *roles_that_may(step, known))
