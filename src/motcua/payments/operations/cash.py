"""Take cash for a bill over the counter, and give it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Sum
from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.events import BillCancelled, BillOwedAgain, CashGivenBack, CashReceived
from motcua.payments.models.bills import Bill
from motcua.payments.models.tills import CashTaken, Till
from motcua.payments.operations.billing import BillSettled, renew_bill
from motcua.payments.operations.receiving import count_receipt
from motcua.payments.operations.tills import my_till
from motcua.payments.queries.bills import NoSuchBill
from motcua.payments.rules.messages import BankMessage
from motcua.payments.rules.settling import PAYABLE, State, Verdict
from motcua.payments.rules.tills import change_of, receipt_number

__all__ = ["CASH", "CashReceipt", "give_back_cash", "take_cash"]

CASH = "cash"
"""What stands where a bank's name does, on receipts of money that no bank brought."""

OPEN_FOR = timedelta(days=3)

_NEXT = """
INSERT INTO payments_receiptnumber (agency, year, last) VALUES (%s, %s, 1)
ON CONFLICT (agency, year) DO UPDATE SET last = payments_receiptnumber.last + 1
RETURNING last
"""


class AmountChanged(Conflict):
    code = "payments.amount-changed"
    message = N_("{due:dong} are due now, not {amount:dong}. Look at the bill again.")


class TillOfYesterday(Conflict):
    code = "payments.till-of-yesterday"
    message = N_("Your till is that of {day}. Count and close it, then open today's.")


class NoSuchCash(NotFound):
    code = "payments.no-such-cash"
    message = N_("There is no cash receipt with this number. Check the number on the paper.")


class OnlyLeadersGiveBack(Forbidden):
    code = "payments.only-leaders-give-back"
    message = N_("Only a leader of the agency gives cash back. Ask yours.")


class GivenBackAlready(Conflict):
    code = "payments.given-back-already"
    message = N_("This cash was given back already. Nothing more goes back for {number}.")


class ReasonNeeded(Invalid):
    code = "payments.reason-needed"
    message = N_("Say why the cash goes back; it stays with the receipt.")


class TillGone(Conflict):
    code = "payments.till-gone"
    message = N_("The till is closed. Choose one that is open, so that the money can be counted.")


@dataclass(frozen=True, slots=True)
class CashReceipt:
    """What was taken: the receipt's number, what was due, what was given, and the change."""

    number: str
    amount: Dong
    given: Dong
    change: Dong


@one_transaction
def take_cash(
    subject: str, amount: Dong, *, given: Dong | None = None, by: Actor, at: datetime
) -> CashReceipt:
    """
    Take what is left of a bill in cash, into the actor's own till of today.

    A bill is paid once however it is paid: both ways lock it, the second finds it settled. A bill
    whose time ran out is opened again for who stands there with the money.

    :param subject: what the bill is for, such as a dossier code
    :param amount: what the clerk asked for; it must be what is left to pay
    :param given: what the payer put down, ``amount`` where they gave it exactly
    :raises NoOpenTill: if the actor has no till open
    :raises TillOfYesterday: if it is another day's
    :raises NoSuchBill: if there is no such bill of the actor's agency
    :raises BillSettled: if it was paid in the meantime, or cancelled
    :raises AmountChanged: if another amount is due now
    :raises GivenTooLittle: if less was given than is due
    """
    till = my_till(by)
    if till.day != localtime(at).date():
        raise TillOfYesterday(day=f"{till.day:%d/%m/%Y}")
    bill = _payable(subject, by=by, at=at)
    due = bill.standing.outstanding
    if due != amount:
        raise AmountChanged(due=due.amount, amount=amount.amount)
    put_down = amount if given is None else given
    change = change_of(due, put_down)
    number = _keep(till, bill, due, put_down, by=by, at=at)
    receipt = CashReceipt(number, due, put_down, change)
    _tell(bill, till, receipt, by=by, at=at)
    return receipt


@one_transaction
def give_back_cash(
    number: str, *, reason: str, owed: bool, till: int, by: Actor, at: datetime
) -> Dong:
    """
    Give cash back to who paid it; return how much. The receipt stays, marked with who and why.

    :param owed: the bill is still to be paid (the cash was taken by mistake); otherwise nobody
        need pay it any more
    :param till: the open till of the agency that the money leaves
    :raises OnlyLeadersGiveBack: if the actor does not lead the agency
    :raises NoSuchCash: if the agency gave out no such receipt
    :raises GivenBackAlready: if it went back before
    :raises ReasonNeeded: if no reason is given
    :raises TillGone: if the till is closed or another agency's
    """
    if by.agency is None or not by.serves(by.agency, Role.LEADER):
        raise OnlyLeadersGiveBack
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ReasonNeeded
    out_of, taken = _to_give_back(number, till, by=by)
    taken.back_at, taken.back_from, taken.back_reason = at, out_of, reason
    taken.back_by, taken.back_by_name = by.id, by.name
    taken.save()
    _take_off(taken, owed=owed, by=by, at=at)
    back = CashGivenBack(
        subject=taken.bill.subject,
        bill=str(taken.bill_id),
        till=out_of.pk,
        number=number,
        amount=taken.amount,
        reason=reason,
        owed=owed,
    )
    announce(back, by=by, at=at)
    return Dong(taken.amount)


def _keep(till: Till, bill: Bill, due: Dong, put_down: Dong, *, by: Actor, at: datetime) -> str:
    """Count cash towards the bill as a bank's money is, and number its receipt."""
    number = _next_number(till.agency, at)
    money = BankMessage(f"{till.agency}:{number}", "", due, "VND", bill.purpose, at)
    count_receipt(bill, CASH, money, heard_by="till", by=by, at=at)
    CashTaken.objects.create(
        agency=till.agency,
        number=number,
        till=till,
        bill=bill,
        receipt=bill.receipts.get(provider=CASH, reference=money.reference),
        amount=due.amount,
        given=put_down.amount,
        at=at,
    )
    return number


def _tell(bill: Bill, till: Till, receipt: CashReceipt, *, by: Actor, at: datetime) -> None:
    received = CashReceived(
        subject=bill.subject,
        bill=str(bill.pk),
        till=till.pk,
        number=receipt.number,
        amount=receipt.amount.amount,
        given=receipt.given.amount,
    )
    announce(received, by=by, at=at)


def _to_give_back(number: str, till: int, *, by: Actor) -> tuple[Till, CashTaken]:
    """Return the open till and the receipt, both held locked."""
    tills = Till.objects.visible_to(by).select_for_update()
    out_of = tills.filter(pk=till, closed_at=None).first()
    if out_of is None:
        raise TillGone
    cash = CashTaken.objects.visible_to(by).select_for_update(of=("self",)).filter(number=number)
    taken = cash.first()
    if taken is None:
        raise NoSuchCash
    if taken.back_at is not None:
        raise GivenBackAlready(number=number)
    return out_of, taken


def _payable(subject: str, *, by: Actor, at: datetime) -> Bill:
    bill = Bill.objects.select_for_update().filter(subject=subject, agency=by.agency).first()
    if bill is None:
        raise NoSuchBill
    if bill.state not in PAYABLE:
        raise BillSettled
    if at > bill.expires_at:
        renew_bill(str(bill.pk), by=by, at=at)
        bill.refresh_from_db()
    return bill


def _take_off(taken: CashTaken, *, owed: bool, by: Actor, at: datetime) -> None:
    """Let a bill no longer count the cash that went back."""
    bill = Bill.objects.select_for_update().get(pk=taken.bill_id)
    receipt = taken.receipt
    bill.received -= receipt.counted
    bill.refund_due -= receipt.refund_due
    receipt.verdict, receipt.counted, receipt.refund_due = Verdict.GIVEN_BACK, 0, 0
    receipt.save(update_fields=["verdict", "counted", "refund_due"])
    bill.paid_at = None
    if owed:
        bill.state = State.PART_PAID if bill.received else State.OPEN
        bill.expires_at = max(bill.expires_at, at + OPEN_FOR)
    else:
        others = bill.receipts.exclude(verdict=Verdict.GIVEN_BACK)
        others.update(refund_due=F("amount"))
        bill.refund_due = others.aggregate(all=Sum("amount"))["all"] or 0
        bill.state = State.CANCELLED
    bill.save()
    facts = {"subject": bill.subject, "bill": str(bill.pk)}
    if owed:
        announce(BillOwedAgain(**facts, outstanding=bill.total - bill.received), by=by, at=at)
    else:
        announce(BillCancelled(**facts, refund_due=bill.refund_due), by=by, at=at)


def _next_number(agency: str, at: datetime) -> str:
    year = localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency, year])
        (count,) = cursor.fetchone() or (0,)
    return receipt_number(year, count)
