"""What happens to a dossier when its bills are paid, or need not be any more."""

from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.charging import all_paid, give_up_bills
from motcua.dossiers.operations.moving import locked, move
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, State, Step
from motcua.kernel.actors import Actor
from motcua.payments.operations.billing import owe_instead
from motcua.payments.queries.bills import bills_under


@one_transaction
def record_payment(subject: str, *, by: Actor, at: datetime, paid_at: datetime) -> None:
    """
    Note that a bill was paid; once none is open, a dossier that waited for it goes on.

    Twice is as good as once.

    :param subject: what the bill was for: the dossier's code, or ``CODE/2`` for a further bill
    :raises NoSuchDossier: if there is none with this code
    """
    code = subject.partition("/")[0]
    dossier = locked(code, by=by)
    others = [bill for bill in bills_under(code) if bill.subject != subject]
    if not all_paid(others):
        return
    if dossier.paid_at is None:
        dossier.paid_at = paid_at
        dossier.save(update_fields=["paid_at"])
    if dossier.state == State.PAYMENT:
        move(dossier, Step.PAY, by=by, at=at)


@one_transaction
def stop_asking(code: str, *, by: Actor, at: datetime) -> None:
    """
    Cancel the bills of a dossier that came to nothing.

    A fee paid for one that was never accepted must go back; once it was accepted the work has
    begun, and the fee stays [M].
    """
    dossier = locked(code, by=by)
    if dossier.fee and State(dossier.state) in CAME_TO_NOTHING:
        give_up_bills(code, refund=dossier.received_at is None, by=by, at=at)


@one_transaction
def forget_payment(subject: str, *, by: Actor, at: datetime) -> None:
    """
    Note that the fee is owed after all: the cash taken for it went back.

    It is owed to the agency that has the dossier by now. Of a dossier that came to nothing nobody
    is asked for it again.
    Told late or twice, it asks the bills themselves: they may have been paid again by then.
    """
    code = subject.partition("/")[0]
    dossier = locked(code, by=by)
    if not all_paid(bills_under(code)) and dossier.paid_at is not None:
        dossier.paid_at = None
        dossier.save(update_fields=["paid_at"])
    owe_instead(code, dossier.agency)
    if State(dossier.state) in CAME_TO_NOTHING:
        give_up_bills(code, refund=False, by=by, at=at)
