"""Asking the applicant for money: the fee still owed, or further fees; the clock stands still."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.moving import Moved, locked, move
from motcua.dossiers.rules.fees import FeeKept
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.operations.billing import BillLine, cancel_bill, issue_bill, owe_back
from motcua.payments.queries.bills import BillSeen, bills_under
from motcua.payments.queries.bills import State as BillState

__all__ = ["BillLine", "LineUnclear", "ask_again", "ask_payment"]

MOST_LINES = 10
LONGEST = 300
DEAREST = 10**9
"""The most that is asked for at once, in dong: more is a slip of the pen."""


class LineUnclear(Invalid):
    code = "dossiers.line-unclear"
    message = N_("Each fee needs a name, an amount above nothing, and the text of law behind it.")


class FeeTooDear(Invalid):
    code = "dossiers.fee-too-dear"
    message = N_("At most one billion dong is asked for at once, all lines together. Look again.")


@one_transaction
def ask_payment(
    code: str,
    lines: Sequence[BillLine],
    *,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Moved:
    """
    Ask for further fees, or, without ``lines``, for the fee that is still owed; the clock stops.

    A further fee has a bill of its own beside earlier ones: ``CODE/2``. The dossier goes on when
    all its bills are paid, and is stopped by the portal when they are not in time.

    :raises LineUnclear: if a fee has no name, no amount or no legal basis, or there are too many
    :raises FeeTooDear: if they come to more than any fee there is
    :raises NothingOwed: if there are no lines and nothing is owed
    :raises ReasonNeeded: if no reason is given
    """
    dossier = locked(code, by=by, seen=seen)
    if any(not _is_clear(line) for line in lines) or len(lines) > MOST_LINES:
        raise LineUnclear(problems=[{"at": "lines", "message": LineUnclear.message}])
    asked_for = sum(line.amount.amount for line in lines)
    if asked_for > DEAREST:
        raise FeeTooDear(problems=[{"at": "lines", "message": FeeTooDear.message}])
    if lines:
        dossier.fee += asked_for
        dossier.paid_at = None
    asked = {"fees": [str(FeeKept(x.title, x.amount.amount, x.legal)) for x in lines]}
    move(dossier, Step.ASK_PAYMENT, by=by, at=at, reason=reason, details=asked, also=MONEY)
    if lines:
        bill_more(dossier, lines, by=by, at=at)
    return Moved.of(dossier)


MONEY = ("fee", "paid_at")


def bill_more(dossier: Dossier, lines: Sequence[BillLine], *, by: Actor, at: datetime) -> None:
    """Issue a further bill for a dossier: the first has its code, later ones a number after it."""
    before = len(bills_under(dossier.code))
    issue_bill(
        f"{dossier.code}/{before + 1}" if before else dossier.code,
        lines,
        payer=dossier.agent or dossier.applicant,
        agency=dossier.agency,
        by=by,
        at=at,
        expires_at=dossier.wait_until,
    )


def ask_again(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """
    Issue anew what a dossier opened again owes and no bill asks for any more.

    Its last cancelled bills are what is missing: earlier ones were issued anew before, each as a
    bill of its own. What was paid and has to go back since is owed again; a fee that was taken
    back is not.
    """
    taken_back = _taken_back(dossier)
    bills = [bill for bill in bills_under(dossier.code) if bill.subject not in taken_back]
    again = list[BillSeen]()
    gone = [bill for bill in bills if bill.state is BillState.CANCELLED]
    if dossier.paid_at is not None and all(bill.received == Dong(0) for bill in gone):
        return
    missing = dossier.fee - sum(bill.total.amount for bill in bills if bill not in gone)
    for bill in reversed(gone):
        if bill.total.amount <= missing:
            missing -= bill.total.amount
            again = [bill, *again]
    if again:
        dossier.paid_at = None
        dossier.save(update_fields=["paid_at"])
    for bill in again:
        bill_more(dossier, bill.lines, by=by, at=at)


def _taken_back(dossier: Dossier) -> set[str]:
    """Return the subjects of the bills that were taken back: nobody owes them any more."""
    waived = dossier.transitions.filter(step=Step.WAIVE).values_list("details", flat=True)
    return {subject for details in waived for subject in details["bill"]}


def all_paid(bills: Iterable[BillSeen]) -> bool:
    """Tell whether none of these bills is still to be paid."""
    return all(bill.is_paid or bill.state is BillState.CANCELLED for bill in bills)


def give_up_bills(code: str, *, refund: bool, by: Actor, at: datetime) -> None:
    """
    Cancel the bills of a dossier that came to nothing.

    :param refund: whether what was paid in full must go back, too
    """
    for bill in bills_under(code):
        if refund or not bill.is_paid:
            cancel_bill(bill.subject, by=by, at=at, paid_too=refund)


def settle_difference(
    dossier: Dossier, lines: Sequence[BillLine], *, was: Dong, by: Actor, at: datetime
) -> int:
    """
    Bill what a fee has become dearer, or note what must go back; return the difference in dong.

    :param lines: the fees as they are now
    :param was: what the fees came to before
    """
    more = sum(line.amount.amount for line in lines) - was.amount
    if more > 0:
        extra = BillLine(DEARER[0], Dong(more), DEARER[1])
        dossier.fee, dossier.paid_at = dossier.fee + more, None
        bill_more(dossier, [extra], by=by, at=at)
    elif more < 0:
        dossier.fee += more
        _less(dossier, lines, -more, by=by, at=at)
    return more


DEARER = (
    "Chênh lệch phí, lệ phí sau khi bổ sung hồ sơ",
    "Difference of the fee after the supplement",
)
"""What the bill for a fee that became dearer says, in Vietnamese and English."""


def _less(
    dossier: Dossier, lines: Sequence[BillLine], less: int, *, by: Actor, at: datetime
) -> None:
    """Note what was paid too much; a bill not paid yet is replaced by one for what is owed."""
    bills = bills_under(dossier.code)
    paid = [bill for bill in bills if bill.is_paid and bill.received.amount >= less]
    if paid:
        owe_back(paid[0].subject, Dong(less), by=by, at=at)
        return
    for bill in bills:
        if not bill.is_paid:
            cancel_bill(bill.subject, by=by, at=at)
    if dossier.fee:
        bill_more(dossier, lines, by=by, at=at)
    else:
        dossier.paid_at = None


def _is_clear(line: BillLine) -> bool:
    named = 2 <= len(line.title.strip()) <= LONGEST and 2 <= len(line.legal.strip()) <= LONGEST
    return named and line.amount.amount > 0
