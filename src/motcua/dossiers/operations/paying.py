"""What happens to a dossier when its bills are paid, or need not be any more."""

from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.charging import give_up_bills
from motcua.dossiers.operations.moving import locked, move
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor
<<<<<<< HEAD
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under
=======
from motcua.payments.operations.billing import cancel_bill
from motcua.payments.queries.bills import bill_for_room
>>>>>>> 84a9bc7 (Take fees in cash at the desk: tills counted each day, receipts without a gap, given back only by a leader)


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
    if not all(bill.is_paid or bill.state is BillState.CANCELLED for bill in others):
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
<<<<<<< HEAD
    if dossier.fee:
        give_up_bills(code, refund=dossier.received_at is None, by=by, at=at)
=======
    if dossier.fee and dossier.paid_at is None:
        cancel_bill(code, by=by, at=at)


@one_transaction
def forget_payment(code: str, *, by: Actor) -> None:
    """
    Note that the fee is owed after all: the cash taken for it went back.

    Told late or twice, it asks the bill itself, which may have been paid again in the meantime.
    """
    dossier = locked(code, by=by)
    bill = bill_for_room(code)
    if bill is not None and not bill.is_paid and dossier.paid_at is not None:
        dossier.paid_at = None
        dossier.save(update_fields=["paid_at"])
>>>>>>> 84a9bc7 (Take fees in cash at the desk: tills counted each day, receipts without a gap, given back only by a leader)
