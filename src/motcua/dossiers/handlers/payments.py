"""What dossiers does when money has come."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.operations.paying import record_payment
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
