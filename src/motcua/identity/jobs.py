"""Work on accounts that nobody waits for."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, QUICK, jobs
from motcua.identity.operations.authorities import end_expired
from motcua.identity.operations.letters import confirm_new_contact
from motcua.identity.operations.open_letters import let_open_letters_lapse
from motcua.identity.operations.registering import forget_registrations
from motcua.kernel.actors import Actor


@jobs.task(name="identity.mail-contact-changed", queue="mail", retry=PATIENT)
def mail_contact_changed(name: str, language: str, to: str) -> None:
    """Tell a person at one address that their contact data were changed."""
    confirm_new_contact(name, language, to=to)


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="identity.forget-registrations", queue="upkeep", retry=QUICK)
def forget_old_registrations(timestamp: int) -> None:  # noqa: ARG001
    """Forget what people gave who never confirmed their address."""
    forget_registrations(before=now() - timedelta(days=1))


@jobs.periodic(cron="41 2 * * *")
@jobs.task(name="identity.forget-sessions", queue="upkeep", retry=QUICK)
def forget_old_sessions(timestamp: int) -> None:  # noqa: ARG001
    """Forget the sessions that have run out."""
    SessionStore.clear_expired()


@jobs.periodic(cron="1 * * * *")
@jobs.task(name="identity.end-authorities", queue="upkeep", retry=QUICK)
def end_authorities(timestamp: int) -> None:  # noqa: ARG001
    """
    End the authorities whose last day is over; nobody may use one after its midnight anyway.

    What counters once wrote down for all procedures gets an earlier last day first.
    """
    while let_open_letters_lapse(by=Actor.system("authorities"), at=now()):
        pass
    while end_expired(by=Actor.system("authorities"), at=now()):
        pass
