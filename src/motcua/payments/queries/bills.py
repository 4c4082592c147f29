"""What is to be paid, what was, and what came that fits nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.money import Dong
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.payments.models.bills import Bill, Receipt
from motcua.payments.rules.lines import BillLine
from motcua.payments.rules.settling import PAYABLE, SETTLED, State, Verdict

__all__ = [
    "PAYABLE",
    "BillLine",
    "BillSeen",
    "NoSuchBill",
    "ReceiptSeen",
    "State",
    "Verdict",
    "bill",
    "bill_for",
    "bill_for_room",
    "bill_to_pay",
    "bills_for_room",
    "bills_under",
    "odd_receipts",
    "receipts_of",
]


class NoSuchBill(NotFound):
    code = "payments.no-such-bill"
    message = N_("We could not find this bill. Open it again from your dossier.")


@dataclass(frozen=True, slots=True)
class BillSeen:
    """A bill as its payer and its agency see it; ``subject`` is what it is for."""

    id: str
    subject: str
    payer: str
    agency: str
    lines: tuple[BillLine, ...]
    total: Dong
    received: Dong
    refund_due: Dong
    purpose: str
    state: State
    issued_at: datetime
    expires_at: datetime
    paid_at: datetime | None

    @property
    def outstanding(self) -> Dong:
        """What is left to pay."""
        return Dong(self.total.amount - self.received.amount)

    @property
    def is_paid(self) -> bool:
        """Tell whether the whole of it was received."""
        return self.state in SETTLED

    def may_be_paid(self, at: datetime) -> bool:
        """Tell whether money sent at ``at`` would still count."""
        return self.state in PAYABLE and at <= self.expires_at

    def has_expired(self, at: datetime) -> bool:
        """Tell whether its time ran out before it was paid."""
        return self.state in PAYABLE and at > self.expires_at


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """Money that came: how much, what it meant, and how much of it must go back."""

    id: int
    provider: str
    reference: str
    subject: str
    bill: str
    amount: Dong
    purpose: str
    verdict: Verdict
    counted: Dong
    refund_due: Dong
    paid_at: datetime
    heard_at: datetime


def bill(id: str, *, by: Actor) -> BillSeen:  # noqa: A002
    """
    Return one bill of the actor's, or of their agency.

    :raises NoSuchBill: if there is none, or it is not theirs to see
    """
    try:
        found = Bill.objects.visible_to(by).filter(pk=UUID(id)).first()
    except ValueError:
        raise NoSuchBill from None
    if found is None:
        raise NoSuchBill
    return _seen(found)


def bill_for(subject: str, *, by: Actor) -> BillSeen | None:
    """Return the bill for ``subject``, if there is one and the actor may see it."""
    found = Bill.objects.visible_to(by).filter(subject=subject).first()
    return None if found is None else _seen(found)


@for_rooms
def bill_for_room(subject: str) -> BillSeen | None:
    """Return the bill for ``subject``, if there is one."""
    return bills_for_room([subject]).get(subject)


@for_rooms
def bills_for_room(subjects: Iterable[str]) -> dict[str, BillSeen]:
    """Return the bills for those of ``subjects`` that have one; one statement."""
    return {x.subject: _seen(x) for x in Bill.objects.filter(subject__in=list(subjects))}


@for_rooms
def bills_under(subject: str) -> tuple[BillSeen, ...]:
    """
    Return every bill of ``subject``, the oldest first; one statement.

    The first has the subject itself, later ones a number after it: ``CODE``, ``CODE/2``.
    """
    theirs = Q(subject=subject) | Q(subject__startswith=f"{subject}/")
    return tuple(_seen(x) for x in Bill.objects.filter(theirs).order_by("issued_at", "subject"))


def bill_to_pay(subject: str, *, by: Actor) -> BillSeen | None:
    """Return the oldest bill of ``subject`` still to be paid that the actor may see, if any."""
    theirs = Q(subject=subject) | Q(subject__startswith=f"{subject}/")
    open_ = Bill.objects.visible_to(by).filter(theirs, state__in=[x.value for x in PAYABLE])
    found = open_.order_by("issued_at", "subject").first()
    return None if found is None else _seen(found)


def receipts_of(bill: str, *, by: Actor) -> list[ReceiptSeen]:
    """Return the money that came for one bill, oldest first, as far as the actor may see it."""
    found = Receipt.objects.visible_to(by).filter(bill_id=bill).select_related("bill")
    return [_receipt(x) for x in found.order_by("id")]


def odd_receipts(*, by: Actor, before: int | None = None, limit: int = 50) -> list[ReceiptSeen]:
    """
    Return money that somebody must look at, newest first, older than receipt ``before``.

    Officials see what must go back to payers of their agency; its leaders and administrators
    also see money that fits no bill of any agency.
    """
    if by.agency is None:
        return []
    theirs = Receipt.objects.filter(refund_due__gt=0, bill__agency=by.agency)
    found = theirs.filter(bill__refund_due__gt=0)
    if by.serves(by.agency, Role.LEADER, Role.ADMINISTRATOR):
        unmatched = Receipt.objects.filter(verdict=Verdict.UNMATCHED)
        each_by_its_index = found.values("pk").union(unmatched.values("pk"))
        found = Receipt.objects.filter(pk__in=each_by_its_index)
    if before is not None:
        found = found.filter(id__lt=before)
    return [_receipt(x) for x in found.select_related("bill").order_by("-id")[:limit]]


def _seen(bill: Bill) -> BillSeen:
    return BillSeen(
        id=str(bill.pk),
        subject=bill.subject,
        payer=bill.payer,
        agency=bill.agency,
        lines=tuple(
            BillLine(x["title"], Dong(x["amount"]), x.get("title_en", ""), x.get("legal", ""))
            for x in bill.lines
        ),
        total=Dong(bill.total),
        received=Dong(bill.received),
        refund_due=Dong(bill.refund_due),
        purpose=bill.purpose,
        state=State(bill.state),
        issued_at=bill.issued_at,
        expires_at=bill.expires_at,
        paid_at=bill.paid_at,
    )


def _receipt(receipt: Receipt) -> ReceiptSeen:
    return ReceiptSeen(
        id=receipt.pk,
        provider=receipt.provider,
        reference=receipt.reference,
        subject="" if receipt.bill is None else receipt.bill.subject,
        bill="" if receipt.bill is None else str(receipt.bill.pk),
        amount=Dong(receipt.amount),
        purpose=receipt.purpose,
        verdict=Verdict(receipt.verdict),
        counted=Dong(receipt.counted),
        refund_due=Dong(receipt.refund_due),
        paid_at=receipt.paid_at,
        heard_at=receipt.heard_at,
    )
