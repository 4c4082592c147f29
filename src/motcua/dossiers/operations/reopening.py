"""Opening a finished dossier again: a leader's decision, with a reason and a limit."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import ask_again
from motcua.dossiers.operations.moving import (
    Moved,
    check_step,
    go_to_stage,
    locked,
    record_step,
)
from motcua.dossiers.operations.waiting import begin_stage
from motcua.dossiers.rules.clock import Clock, limit_facts, limit_from
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import Limit


@one_transaction
def reopen(
    code: str,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    limit: Limit | None = None,
    seen: int | None = None,
) -> Moved:
    """
    Open a finished dossier again: one with a result for its correction, another to be decided anew.

    It counts as received anew: the clock starts now by ``limit``, and new appointments and requests
    for supplement are counted from nothing. A result issued before stays in the history, marked as
    replaced; approving again issues the next version.

    :param limit: the time allowed from now on; the dossier's own by default
    :raises NotYourStep: if the actor is no leader of its agency
    :raises ReasonNeeded: if no reason is given
    :raises StepNotAllowed: if it is not finished, or was withdrawn
    """
    dossier = locked(code, by=by, seen=seen)
    target = check_step(dossier, Step.REOPEN, by=by, reason=reason)
    replaced = [str(dossier.result)] if dossier.result else []
    _restart(dossier, limit or limit_from(dossier.limit), at=at)
    dossier.done_at = dossier.returned_at = dossier.result = None
    if target is State.IN_PROCESS:
        go_to_stage(dossier, 1, at=at)
    else:
        dossier.stage, dossier.stage_role = 0, Role.CLERK
        dossier.holder = dossier.holder_name = ""
        dossier.received_at = dossier.received_at or at
        begin_stage(dossier, at=at)
    details = {"replaced": replaced} if replaced else {}
    record_step(
        dossier, Step.REOPEN, target, by=by, at=at, reason=reason, details=details, also=CHANGED
    )
    if dossier.fee:
        ask_again(dossier, by=by, at=at)
    return Moved.of(dossier)


CHANGED = (
    "limit",
    "promised_at",
    "clock_since",
    "appointed_at",
    "reappointments",
    "counted_late",
    "result",
)


def _restart(dossier: Dossier, limit: Limit, *, at: datetime) -> None:
    """Let the clock of a dossier begin anew, as if it had been received now."""
    since = localtime(at)
    due = Clock(filed_at=since, limit=limit).due(calendar_of(dossier.agency))
    dossier.limit, dossier.clock_since = limit_facts(limit), at
    dossier.promised_at = dossier.due_at = due
    dossier.appointed_at, dossier.reappointments, dossier.counted_late = None, 0, False
    dossier.asked_times = 0
