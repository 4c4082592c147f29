"""Waiting for the applicant stops the agency's clock; the end of the wait moves the due time."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import Clock, limit_from
from motcua.kernel.worktime import Wait, WorkingCalendar


def begin_wait(
    dossier: Dossier, *, at: datetime, reason: str, details: dict[str, list[str]]
) -> None:
    """Stop the clock and remember what was asked for."""
    dossier.waiting_from = dossier.state
    dossier.waiting_since = at
    dossier.asked = {"reason": reason.strip(), **details}


def end_wait(dossier: Dossier, *, at: datetime) -> None:
    """Start the clock again; the due time moves by what was waited."""
    since = dossier.waiting_since or at
    stretch = [since.isoformat(), at.isoformat()]
    dossier.waits = [*dossier.waits, stretch]
    dossier.waiting_from, dossier.waiting_since, dossier.asked = "", None, None
    dossier.due_at = due_again(dossier, calendar_of(dossier.agency))


def due_again(dossier: Dossier, calendar: WorkingCalendar) -> datetime:
    """Return when the answer is due by its agency's calendar of today and all that was waited."""
    clock = Clock(
        filed_at=localtime(dossier.filed_at),
        limit=limit_from(dossier.limit),
        waits=tuple(
            Wait(datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in dossier.waits
        ),
    )
    return clock.due_again(dossier.promised_at, calendar)
