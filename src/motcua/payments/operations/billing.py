"""Ask for money, stop asking, and ask again when time ran out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NewType
from uuid import uuid4

from django.db.models import F, Q, QuerySet, Sum

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.events import BillCancelled, BillIssued, BillRenewed, RefundDue
from motcua.payments.models.bills import Bill
from motcua.payments.queries.bills import BillLine, NoSuchBill
from motcua.payments.rules.lines import lines_kept, purpose_key, purpose_of
from motcua.payments.rules.settling import PAYABLE, State, Verdict

__all__ = [
    "BillId",
    "BillLine",
    "ask_instead",
    "cancel_bill",
    "issue_bill",
    "owe_back",
    "owe_instead",
    "renew_bill",
]

BillId = NewType("BillId", str)
OPEN_FOR = timedelta(days=3)
"""How long a bill may be paid unless the caller says otherwise."""
LESS = "less"
"""Why money goes back when the fee turned out to be less than what was paid."""


class NothingToPay(Invalid):
    code = "payments.nothing-to-pay"
    message = N_("There is nothing to pay, so there is no bill.")


class BilledOtherwise(Conflict):
    code = "payments.billed-otherwise"
    message = N_("A bill for another amount was issued for {subject}. Cancel it first.")


class BillSettled(Conflict):
    code = "payments.bill-settled"
    message = N_("This bill is settled. Nothing more needs to be paid.")


@one_transaction
def issue_bill(
    subject: str,
    lines: Sequence[BillLine],
    *,
    payer: str,
    agency: str,
    by: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> BillId:
    """
    Ask ``payer`` for the sum of ``lines``; asking twice for the same asks once.

    :param subject: what it is for, such as a dossier code; one bill each
    :param payer: id of the actor who is asked
    :param agency: electronic id of the agency that is owed
    :param expires_at: until when it may be paid, three days after ``at`` by default
    :raises NothingToPay: if the lines come to nothing, or one is below nothing
    :raises BilledOtherwise: if the subject was billed before, for another amount
    """
    total = sum((line.amount for line in lines), Dong(0))
    if total <= Dong(0) or any(line.amount < Dong(0) for line in lines):
        raise NothingToPay
    new = _drawn_up(subject, lines, payer=payer, agency=agency, at=at, total=total)
    new.expires_at = expires_at or at + OPEN_FOR
    Bill.objects.bulk_create([new], ignore_conflicts=True)
    bill = Bill.objects.get(subject=subject)
    if bill.total != total.amount:
        raise BilledOtherwise(subject=subject)
    if bill.pk == new.pk:
        issued = BillIssued(subject=subject, bill=str(bill.pk), payer=payer, amount=bill.total)
        announce(issued, by=by, at=at)
    return BillId(str(bill.pk))


@one_transaction
def cancel_bill(subject: str, *, by: Actor, at: datetime, paid_too: bool = False) -> None:
    """
    Stop asking; what came already must go back. Cancelling twice cancels once.

    Whether it may be cancelled is for the room whose ``subject`` it is.

    :param paid_too: cancel it though the whole of it came: all of that must go back
    :raises NoSuchBill: if nothing was asked for ``subject``
    :raises BillSettled: if it is paid, unless ``paid_too``
    """
    bill = Bill.objects.select_for_update().filter(subject=subject).first()
    if bill is None:
        raise NoSuchBill
    if bill.state == State.CANCELLED:
        return
    if bill.state not in PAYABLE and not paid_too:
        raise BillSettled
    bill.state = State.CANCELLED
    kept = bill.receipts.exclude(verdict=Verdict.GIVEN_BACK)
    kept.update(refund_due=F("amount"))
    bill.refund_due = kept.aggregate(all=Sum("amount"))["all"] or 0
    bill.save(update_fields=["state", "refund_due"])
    gone = BillCancelled(subject=subject, bill=str(bill.pk), refund_due=bill.refund_due)
    announce(gone, by=by, at=at)


@one_transaction
def owe_back(subject: str, amount: Dong, *, by: Actor, at: datetime) -> None:
    """
    Note that a part of what was paid must go back: the fee turned out to be less.

    :raises NoSuchBill: if nothing was paid for ``subject``, or less than ``amount``
    """
    bill = Bill.objects.select_for_update().filter(subject=subject).first()
    receipt = bill.receipts.order_by("-amount").first() if bill else None
    if bill is None or receipt is None or amount.amount > bill.received:
        raise NoSuchBill
    bill.refund_due += amount.amount
    bill.save(update_fields=["refund_due"])
    receipt.refund_due += amount.amount
    receipt.save(update_fields=["refund_due"])
    due = RefundDue(subject=subject, bill=str(bill.pk), amount=amount.amount, reason=LESS)
    announce(due, by=by, at=at)


@one_transaction
def ask_instead(subject: str, payer: str, *, of: str) -> None:
    """
    Ask ``payer`` for what is still to be paid under ``subject``, instead of ``of``.

    Why another is asked is told by the room whose ``subject`` it is. What ``of`` has paid stays
    theirs to see: `name_payer` is for where both are the same person.
    """
    _payable_under(subject).filter(payer=of).update(payer=payer)


@one_transaction
def name_payer(subject: str, payer: str, *, was: str) -> None:
    """Let all bills under ``subject`` be those of an account whose person was known as ``was``."""
    _under(subject).filter(payer=was).update(payer=payer)


@one_transaction
def let_pay_until(subject: str, until: datetime) -> None:
    """Let what is still to be paid under ``subject`` be paid until then, if that is later."""
    _payable_under(subject).filter(expires_at__lt=until).update(expires_at=until)


@one_transaction
def owe_instead(subject: str, agency: str) -> None:
    """Let what is still to be paid under ``subject`` be owed to another agency, as told there."""
    _payable_under(subject).update(agency=agency)


@one_transaction
def renew_bill(id: str, *, by: Actor, at: datetime) -> None:  # noqa: A002
    """
    Let a bill whose time ran out be paid for three more days; one that still runs is left alone.

    :raises NoSuchBill: if there is none, or it is not the actor's or their agency's
    :raises BillSettled: if it is paid or cancelled
    """
    bill = Bill.objects.visible_to(by).select_for_update().filter(pk=id).first()
    if bill is None:
        raise NoSuchBill
    if bill.state not in PAYABLE:
        raise BillSettled
    if at <= bill.expires_at:
        return
    bill.expires_at = at + OPEN_FOR
    bill.save(update_fields=["expires_at"])
    renewed = BillRenewed(
        subject=bill.subject, bill=str(bill.pk), expires_at=bill.expires_at.isoformat()
    )
    announce(renewed, by=by, at=at)


def _payable_under(subject: str) -> QuerySet[Bill]:
    return _under(subject).filter(state__in=[x.value for x in PAYABLE])


def _under(subject: str) -> QuerySet[Bill]:
    return Bill.objects.filter(Q(subject=subject) | Q(subject__startswith=f"{subject}/"))


def _drawn_up(
    subject: str, lines: Sequence[BillLine], *, payer: str, agency: str, at: datetime, total: Dong
) -> Bill:
    id = uuid4()  # noqa: A001
    purpose = purpose_of(subject, id.hex)
    return Bill(
        id=id,
        subject=subject,
        payer=payer,
        agency=agency,
        lines=lines_kept(lines),
        total=total.amount,
        purpose=purpose,
        purpose_key=purpose_key(purpose),
        issued_at=at,
    )
