"""What the pages of a bill share: who may see it, what to transfer, in which words."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import Agency, NoSuchAgency, agency
from motcua.backbone.formats import dong, moment
from motcua.backbone.http.actors import actor_of
from motcua.backbone.looks import record_look
from motcua.identity.queries.parties import name_of
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.queries.bills import BillSeen, ReceiptSeen, State, Verdict
from motcua.payments.queries.bills import bill as bill_named

VERDICTS = {
    Verdict.WHOLE: N_("Pays the bill"),
    Verdict.PART: N_("Counts towards the bill"),
    Verdict.OVER: N_("Pays the bill, with too much"),
    Verdict.AGAIN: N_("Came when the bill was already paid"),
    Verdict.LATE: N_("Was sent after the bill ran out"),
    Verdict.CANCELLED: N_("Was sent after the bill was cancelled"),
    Verdict.UNMATCHED: N_("Fits no bill"),
    Verdict.GIVEN_BACK: N_("Was given back over the counter"),
}


def bill_seen(request: HttpRequest, id: UUID, *, at: datetime) -> BillSeen:  # noqa: A002
    """
    Return a bill of the reader's; an official's look at a payer's bill is written down.

    :raises NoSuchBill: if it is not theirs to see
    """
    by = actor_of(request)
    seen = bill_named(str(id), by=by)
    note_look(seen, by=by, at=at)
    return seen


def note_look(bill: BillSeen, *, by: Actor, at: datetime) -> None:
    """Write down that an official looked at a payer's bill."""
    record_look(
        bill.payer,
        N_("Bill"),
        purpose=N_("Check a payment"),
        by=by,
        at=at,
        reference=bill.subject,
    )


def payer_name(bill: BillSeen) -> str:
    """Return the name of who is asked to pay, with an account or without, or a dash."""
    return name_of(bill.payer) or "–"


def payee(bill: BillSeen) -> Agency | None:
    """Return the agency that is owed, if it is known here."""
    try:
        return agency(bill.agency)
    except NoSuchAgency:
        return None


def state_of(bill: BillSeen, *, at: datetime) -> str:
    """Return what the page is about: ``payable``, ``expired``, ``paid`` or ``cancelled``."""
    if bill.is_paid:
        return "paid"
    if bill.state is State.CANCELLED:
        return "cancelled"
    return "expired" if bill.has_expired(at) else "payable"


def mark_of(bill: BillSeen, *, at: datetime) -> str:
    """Return a mark that changes whenever the page has something new to say."""
    return f"{state_of(bill, at=at)}-{bill.received.amount}-{bill.refund_due.amount}"


def receipt_rows(receipts: list[ReceiptSeen]) -> list[tuple[str, ...]]:
    """Return money that came as rows of a table: when, how much, what it meant, what goes back."""
    return [
        (
            moment(x.paid_at),
            dong(x.amount),
            _(VERDICTS[x.verdict]),
            dong(x.refund_due) if x.refund_due > Dong(0) else "–",
        )
        for x in receipts
    ]
