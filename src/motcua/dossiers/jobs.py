"""What the worker does for dossiers by the clock."""

from datetime import timedelta

from django.utils.timezone import localtime, now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.dossiers.handlers.notices import remind, remind_of_appointment
from motcua.dossiers.handlers.warnings import warn, warn_of_steps
from motcua.dossiers.operations.bulk import do_next
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.holding import lay_down_idle
from motcua.dossiers.operations.linked_going import go_on
from motcua.dossiers.queries.linked_waiting import filings_that_wait
from motcua.dossiers.queries.telling import (
    agencies_with_appointments,
    appointments_of,
    told_of,
    waiting_until,
    waits_over,
)
from motcua.dossiers.queries.warning import agencies_to_warn, agencies_with_steps_ending
from motcua.dossiers.rules.clock import REMINDED_BEFORE, days_to_remind
from motcua.kernel.actors import Actor

REMINDED_AT = (8, 12)
"""The hours, here, in which people are reminded of an appointment."""


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="dossiers.linked", queue="upkeep", retry=PATIENT)
def try_stuck_parts(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, try the parts of linked filings that are stuck, and any that was missed."""
    for code in filings_that_wait():
        go_on(code, by=Actor.system("linked"), at=now(), again=True)


@jobs.task(name="dossiers.bulk", queue="bulk", retry=PATIENT)
def do_bulk(run: int) -> None:
    """Do what a run has left to do, dossier by dossier; taken up again, it goes on."""
    while do_next(run, at=now()):
        pass


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="dossiers.waits", queue="upkeep", retry=PATIENT)
def watch_waits(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, stop what applicants let lie, and remind those who still have time."""
    at = now()
    for code in waits_over(at):
        end_wait.defer(code=code)
    for told in waiting_until(at + timedelta(days=max(REMINDED_BEFORE) + 1)):
        if told.wait_until and days_to_remind(told.wait_until, at) is not None:
            remind_one.defer(code=told.code)


@jobs.task(name="dossiers.expire", queue="upkeep", retry=PATIENT)
def end_wait(code: str) -> None:
    """Stop one dossier whose applicant let the time go by."""
    expire(code, by=Actor.system("expiry"), at=now())


@jobs.task(name="dossiers.remind", queue="upkeep", retry=PATIENT)
def remind_one(code: str) -> None:
    """Remind one applicant who is waited for, once for each number of days left."""
    told, at = told_of(code), now()
    days = days_to_remind(told.wait_until, at) if told.wait_until else None
    if days is not None:
        remind(told, days, at=at)


@jobs.periodic(cron="52 * * * *")
@jobs.task(name="dossiers.appointments", queue="upkeep", retry=PATIENT)
def watch_appointments(timestamp: int) -> None:  # noqa: ARG001
    """In the morning, and at noon for those missed then, see who has an appointment tomorrow."""
    if localtime(now()).hour in REMINDED_AT:
        for agency in agencies_with_appointments():
            remind_of_appointments.defer(agency=agency)


@jobs.task(name="dossiers.remind-appointments", queue="upkeep", retry=PATIENT)
def remind_of_appointments(agency: str) -> None:
    """Remind those who come to one agency tomorrow, each once."""
    at = now()
    for told in appointments_of(agency, at=at):
        remind_of_appointment(told, at=at)


@jobs.periodic(cron="41 * * * *")
@jobs.task(name="dossiers.warnings", queue="upkeep", retry=PATIENT)
def watch_due_times(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, see which agencies have something near its end."""
    for agency in agencies_to_warn():
        warn_agency.defer(agency=agency)


@jobs.task(name="dossiers.warn", queue="upkeep", retry=PATIENT)
def warn_agency(agency: str) -> None:
    """
    Tell the officials of one agency, once a working day.

    First what is in hands that may do nothing any more is laid down: an absence ends by itself.
    """
    lay_down_idle(agency, by=Actor.system("holding"), at=now())
    warn(agency, at=now())


@jobs.periodic(cron="2,17,32,47 * * * *")
@jobs.task(name="dossiers.steps-ending", queue="upkeep", retry=PATIENT)
def watch_steps(timestamp: int) -> None:  # noqa: ARG001
    """Every quarter of an hour, see which agencies have steps that end today."""
    for agency in agencies_with_steps_ending(at=now()):
        warn_agency_of_steps.defer(agency=agency)


@jobs.task(name="dossiers.warn-steps", queue="upkeep", retry=PATIENT)
def warn_agency_of_steps(agency: str) -> None:
    """Tell the officials of one agency of steps that began today and end today, each once."""
    warn_of_steps(agency, at=localtime(now()))
