"""Passing a dossier to the agency that is competent for it."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import Agency, NoSuchAgency, agency
from motcua.agencies.queries.calendars import calendar_of_known
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.moving import Moved, check_step, locked, record_step
from motcua.dossiers.operations.step_checks import owes
from motcua.dossiers.operations.waiting import answer_time, due_again, stage_due_again
from motcua.dossiers.queries.competence import takes
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack
from motcua.payments.operations.billing import owe_instead


class NotThere(Conflict):
    code = "dossiers.not-there"
    message = N_("{agency} does not take dossiers here. Choose another agency from the list.")


class NotCompetent(Conflict):
    code = "dossiers.not-competent"
    message = N_(
        "{agency} does not settle the procedure {procedure}. Choose an agency that does: "
        "the list has those near you, and finds others by name."
    )


@one_transaction
def transfer(
    code: str, to: str, *, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Pass a dossier to another agency, which sees it as new; the old one keeps only its history.

    It is due by the new agency's calendar, but never before what was promised. Where it was filed
    online and nobody has answered yet, the new agency has the time for an answer from now on; its
    requests for supplement and its new appointments are counted from nothing. That it counts as
    late stays. A fee not paid yet is owed to the new agency, whose counter takes it.

    :param to: electronic id of the agency that is competent
    :raises NotThere: if that agency is not at work here, or has it already
    :raises NotCompetent: if it is not one of those that settle this procedure
    :raises ReasonNeeded: if no reason is given
    :raises NotYourStep: if it is not the actor's to pass on
    """
    dossier = locked(code, by=by, seen=seen)
    target = check_step(dossier, Step.TRANSFER, by=by, reason=reason)
    there = open_agency(to, other_than=dossier.agency, at=at)
    if not takes(pack(dossier.pack), there.id):
        raise NotCompetent(agency=there.name, procedure=dossier.procedure)
    was = dossier.agency
    _begin_there(dossier, there, at=at)
    record_step(
        dossier,
        Step.TRANSFER,
        target,
        by=by,
        at=at,
        reason=reason,
        details={"from": [was], "to": [there.id]},
        also=("agency", "office", "answer_until", "reappointments"),
    )
    if owes(dossier):
        owe_instead(code, there.id)
    return Moved.of(dossier)


def _begin_there(dossier: Dossier, there: Agency, *, at: datetime) -> None:
    """Let a dossier begin at another agency: at its desk, with nothing asked of anybody yet."""
    dossier.agency = there.id
    dossier.stage, dossier.stage_role = 0, Role.CLERK
    dossier.holder = dossier.holder_name = ""
    dossier.office_id, dossier.received_at = None, None
    dossier.stage_since = at
    dossier.asked_times = dossier.reappointments = 0
    calendar = calendar_of_known(there)
    dossier.due_at = due_again(dossier, calendar)
    dossier.stage_due_at = stage_due_again(dossier, calendar)
    if dossier.answer_until is not None and dossier.answered_at is None:
        dossier.answer_until = answer_time(at, calendar)


def open_agency(id: str, *, other_than: str, at: datetime) -> Agency:  # noqa: A002
    """
    Return another agency that is at work here on that day.

    :raises NotThere: if there is none, or it is ``other_than``
    """
    try:
        found = agency(id)
    except NoSuchAgency as missing:
        raise NotThere(agency=id) from missing
    on = localtime(at).date()
    closed = found.closed_on is not None and found.closed_on <= on
    if found.id == other_than or found.opened_on > on or closed:
        raise NotThere(agency=found.name)
    return found
