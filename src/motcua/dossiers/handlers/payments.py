"""What a dossier does about money, and money about a dossier."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.operations.paying import forget_payment, record_payment, stop_asking
from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.actors import Actor
from motcua.payments.events import BillOwedAgain, BillPaid

GIVEN_UP = {State.REFUSED, State.WITHDRAWN, State.STOPPED}


@listen(BillPaid)
def go_on_when_paid(event: BillPaid, now: datetime) -> None:
    """Let a dossier go forward when its fee has arrived."""
    record_payment(
        event.subject,
        by=Actor.system("payments"),
        at=now,
        paid_at=datetime.fromisoformat(event.paid_at),
    )


def _gives_up(event: DossierMoved) -> bool:
    return event.state in GIVEN_UP


@listen(DossierMoved, when=_gives_up)
def stop_asking_when_given_up(event: DossierMoved, now: datetime) -> None:
    """Ask nobody to pay for a dossier that was refused, withdrawn or stopped."""
    stop_asking(event.subject, by=Actor.system("payments"), at=now)


@listen(BillOwedAgain)
def wait_again_when_given_back(event: BillOwedAgain, now: datetime) -> None:
    """Say of a dossier that its fee is still to be paid when the cash for it went back."""
    forget_payment(event.subject, by=Actor.system("payments"), at=now)
