"""A new appointment: the agency apologises before the due time and says when instead."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.moving import Moved, check_step, locked, record_step
from motcua.dossiers.rules.access import MOST
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import reappointed


@one_transaction
def reappoint(
    code: str, to: datetime, *, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Replace the due time by a later one, announced before it passes; each slip has its own number.

    The second time a leader does it, and from then on the dossier counts as late whenever it is
    done. A third time is refused. The applicant is told each time, with the apology.

    :param to: the new due time, within the agency's working hours
    :raises NotYourStep: if it is a second one and the actor is no leader there
    :raises ReasonNeeded: if no reason is given
    :raises AppointedTwice: if there were two before
    :raises AppointmentTooLate: if the due time has passed
    :raises AppointmentNotLater: if the new time is not later
    :raises AppointmentTooFar: if the new time is more than a year away
    :raises AppointmentOnDayOff: if the office does not work then
    """
    dossier = locked(code, by=by, seen=seen)
    target = check_step(dossier, Step.REAPPOINT, by=by, reason=reason)
    due = reappointed(
        localtime(dossier.due_at),
        to,
        announced=at,
        calendar=calendar_of(dossier.agency),
        before=dossier.reappointments >= MOST,
    )
    before, dossier.due_at = dossier.due_at, due
    dossier.appointed_at, dossier.clock_since = due, at
    dossier.reappointments += 1
    dossier.counted_late = dossier.counted_late or dossier.reappointments > 1
    number = f"{code}/{dossier.transitions.filter(step=Step.REAPPOINT).count() + 1}"
    moved = {"was_due": [localtime(before).isoformat()], "due": [localtime(due).isoformat()]}
    slip = {"slip": [number], **moved}
    record_step(
        dossier, Step.REAPPOINT, target, by=by, at=at, reason=reason, details=slip, also=CHANGED
    )
    return Moved.of(dossier)


CHANGED = ("appointed_at", "clock_since", "reappointments", "counted_late")
