"""What dossiers does when something was announced."""

from datetime import datetime

from motcua.agencies.events import CalendarChanged
from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.operations.calendars import follow_calendar
from motcua.dossiers.operations.paying import record_payment
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.payments.events import BillPaid


@listen(BillPaid)
def go_on_when_paid(event: BillPaid, now: datetime) -> None:
    """Let a dossier go forward when its fee has arrived."""
    record_payment(
        event.subject,
        by=Actor.system("payments"),
        at=now,
        paid_at=datetime.fromisoformat(event.paid_at),
    )


@listen(DossierMoved)
def make_result_when_approved(event: DossierMoved, now: datetime) -> None:
    """Make the result paper of an approved dossier."""
    if event.step == Step.APPROVE:
        issue_result(event.subject, by=Actor.system("results"), at=now)


@listen(CalendarChanged)
def move_due_times_with_the_calendar(event: CalendarChanged, now: datetime) -> None:
    """Let what is open at an agency follow its calendar."""
    follow_calendar(event.subject, by=Actor.system("calendars"), at=now)
