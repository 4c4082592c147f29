"""What a person was asked to pay and paid, for that person to take away."""

from motcua.kernel.actors import Actor
from motcua.kernel.exports import Sheet, rows_of
from motcua.kernel.text import N_
from motcua.payments.models.bills import Bill, Receipt

BILL = "id subject agency lines total received refund_due state issued_at expires_at paid_at"
RECEIPT = "bill_id provider reference amount counted refund_due paid_at heard_at"


def my_payments(*, by: Actor) -> tuple[Sheet, ...]:
    """Return the bills that the actor was to pay, and the money that came for them."""
    bills = Bill.objects.filter(payer=by.id) if by.id else Bill.objects.none()
    came = Receipt.objects.filter(bill__in=bills)
    return (
        Sheet("phi", N_("What I was asked to pay"), rows_of(bills.order_by("issued_at"), BILL)),
        Sheet("da-tra", N_("What I paid"), rows_of(came.order_by("id"), RECEIPT)),
    )
