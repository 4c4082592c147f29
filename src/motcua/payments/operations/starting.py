"""Send a payer to a bank."""

from datetime import datetime
from uuid import uuid4

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.adapters.base import PaymentAsked
from motcua.payments.adapters.registry import provider as provider_named
from motcua.payments.events import PaymentStarted
from motcua.payments.models.bills import Attempt, Bill
from motcua.payments.operations.billing import BillSettled
from motcua.payments.queries.bills import NoSuchBill
from motcua.payments.rules.settling import PAYABLE


class BillExpired(Conflict):
    code = "payments.bill-expired"
    message = N_("The time to pay this bill has run out. Ask for a new code on the bill's page.")


def start_payment(bill: str, provider: str, *, back: str, by: Actor, at: datetime) -> str:
    """
    Return the bank's address to send the payer to, for what is left of the bill.

    Our reference is written down first, in a transaction of its own; the bank is asked outside
    of any. However often it is asked, the same amount of a bill is one payment at the bank.

    :param back: absolute address the bank sends the payer back to
    :raises NoSuchBill: if there is none, or it is not the actor's or their agency's
    :raises BillSettled: if nothing is left to pay
    :raises BillExpired: if its time ran out
    :raises BankNotAnswering: if the bank does not answer
    """
    bank = provider_named(provider)
    attempt = _attempt(bill, provider, by=by, at=at)
    asked = PaymentAsked(attempt.reference, Dong(attempt.amount), attempt.bill.purpose, back)
    return bank.open(asked)


@one_transaction
def _attempt(id: str, provider: str, *, by: Actor, at: datetime) -> Attempt:  # noqa: A002
    bill = Bill.objects.visible_to(by).select_for_update().filter(pk=id).first()
    if bill is None:
        raise NoSuchBill
    if bill.state not in PAYABLE:
        raise BillSettled
    if at > bill.expires_at:
        raise BillExpired
    attempt, new = Attempt.objects.select_related("bill").get_or_create(
        bill=bill,
        provider=provider,
        amount=bill.standing.outstanding.amount,
        defaults={"reference": uuid4().hex, "started_at": at},
    )
    if new:
        started = PaymentStarted(
            subject=bill.subject,
            bill=str(bill.pk),
            provider=provider,
            reference=attempt.reference,
        )
        announce(started, by=by, at=at)
    return attempt
