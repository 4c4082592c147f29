"""Waiting for the applicant stops the agency's clock; the end of the wait moves the due time."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import Clock, answer_due, limit_from, stage_due, wait_ends
from motcua.dossiers.rules.lifecycle import UNSETTLED, State
from motcua.files.operations.keeping import forget_held
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import Wait, WorkingCalendar
from motcua.packs.queries.packs import pack


def begin_wait(
    dossier: Dossier, *, at: datetime, reason: str, details: dict[str, list[str]]
) -> None:
    """Stop the clock, remember what was asked for, and until when the applicant may answer."""
    dossier.waiting_from = dossier.state
    dossier.waiting_since = at
    dossier.wait_until = wait_ends(at, _days_to_wait(dossier), calendar_of(dossier.agency))
    dossier.stage_due_at = None
    dossier.asked = {"reason": reason.strip(), **details}


def end_wait(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """
    Start the clock again; the due times move by what was waited.

    A step that had to wait for the one that began the wait may be of a moment before it. Files
    given for an answer that was not sent are forgotten.
    """
    if (dossier.asked or {}).get("given"):
        forget_held(answer_hold(dossier.code), by=by, at=at)
    since = dossier.waiting_since or at
    at = max(at, since)
    dossier.waits = [*dossier.waits, [since.isoformat(), at.isoformat()]]
    dossier.waiting_from, dossier.waiting_since, dossier.asked = "", None, None
    dossier.wait_until = None
    calendar = calendar_of(dossier.agency)
    dossier.due_at = due_again(dossier, calendar)
    dossier.stage_due_at = stage_due_again(dossier, calendar)


def answer_hold(code: str) -> str:
    """Return what holds the files of an answer not sent yet."""
    return f"supplement:{code}"


def due_again(dossier: Dossier, calendar: WorkingCalendar) -> datetime:
    """Return when the answer is due by its agency's calendar of today and all that was waited."""
    since, appointed = dossier.clock_since, dossier.appointed_at
    clock = Clock(
        filed_at=localtime(dossier.filed_at),
        limit=limit_from(dossier.limit),
        waits=_waits(dossier),
        since=localtime(since) if since else None,
        appointed=localtime(appointed) if appointed else None,
    )
    return clock.due_again(dossier.promised_at, calendar)


def stage_due_again(dossier: Dossier, calendar: WorkingCalendar) -> datetime | None:
    """Return when its stage is to be over; None while it waits, or where the stage has no limit."""
    if dossier.stage_since is None or dossier.waiting_since is not None:
        return None
    stages = pack(dossier.pack).workflow
    limit = stages[dossier.stage].limit if dossier.stage < len(stages) else None
    return stage_due(localtime(dossier.stage_since), limit, calendar, _waits(dossier))


def wait_until_again(dossier: Dossier, calendar: WorkingCalendar) -> datetime | None:
    """Return until when its applicant may answer, by today's calendar, if anything is asked."""
    since, until = dossier.waiting_since, dossier.wait_until
    if since is None or until is None:
        return None
    return max(until, wait_ends(localtime(since), _days_to_wait(dossier), calendar))


def answer_until_again(dossier: Dossier, calendar: WorkingCalendar) -> datetime | None:
    """
    Return until when an online filing is answered, by today's calendar.

    One that nobody answered is where it came to when its stage began: by filing or by a transfer.
    """
    until = dossier.answer_until
    if until is None or dossier.answered_at is not None:
        return until
    return max(until, answer_time(dossier.stage_since or dossier.filed_at, calendar))


def answer_time(came: datetime, calendar: WorkingCalendar) -> datetime:
    """Return until when what came to an agency online is answered there."""
    return answer_due(localtime(came), settings.DOSSIER_ANSWER_HOURS, calendar)


def begin_stage(dossier: Dossier, *, at: datetime) -> None:
    """Let the clock of the stage the dossier has just come to run from now on."""
    dossier.stage_since = at
    stages = pack(dossier.pack).workflow
    if dossier.stage < len(stages) and stages[dossier.stage].limit is not None:
        dossier.stage_due_at = stage_due_again(dossier, calendar_of(dossier.agency))
    else:
        dossier.stage_due_at = None


def end_stages(dossier: Dossier) -> None:
    """Let no clock of a stage run once the answer is given."""
    if State(dossier.state) not in UNSETTLED:
        dossier.stage_since = dossier.stage_due_at = None


def _days_to_wait(dossier: Dossier) -> int:
    return pack(dossier.pack).supplement_days or settings.DOSSIER_WAIT_DAYS


def _waits(dossier: Dossier) -> tuple[Wait, ...]:
    return tuple(
        Wait(datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in dossier.waits
    )
