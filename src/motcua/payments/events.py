"""What happens to bills."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BillIssued(Event):
    """Somebody is asked to pay ``amount`` dong; ``subject`` is what for (a dossier code)."""

    name: ClassVar[str] = "payments.bill-issued"
    bill: str
    payer: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPaid(Event):
    """
    The whole of a bill was received; ``subject`` is what the bill was for.

    ``amount`` is the bill's, in dong, whatever more was sent; ``paid_at`` is ISO 8601.
    """

    name: ClassVar[str] = "payments.bill-paid"
    bill: str
    amount: int
    paid_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPartPaid(Event):
    """Less than asked was received: ``received`` so far, ``outstanding`` still to pay, in dong."""

    name: ClassVar[str] = "payments.bill-part-paid"
    bill: str
    received: int
    outstanding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDue(Event):
    """``amount`` dong more than owed was received, for the ``reason`` a verdict names."""

    name: ClassVar[str] = "payments.refund-due"
    bill: str
    amount: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyUnmatched(Event):
    """Money came that fits no bill; ``subject`` is ``<provider>:<reference>`` of the receipt."""

    name: ClassVar[str] = "payments.money-unmatched"
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillCancelled(Event):
    """A bill need not be paid any more; ``refund_due`` dong had come already."""

    name: ClassVar[str] = "payments.bill-cancelled"
    bill: str
    refund_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRenewed(Event):
    """A bill whose time had run out may be paid until ``expires_at`` (ISO 8601)."""

    name: ClassVar[str] = "payments.bill-renewed"
    bill: str
    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStarted(Event):
    """A payer was sent to ``provider`` with our ``reference``."""

    name: ClassVar[str] = "payments.payment-started"
    bill: str
    provider: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillOwedAgain(Event):
    """A bill counted as paid is to be paid after all: cash taken for it by mistake went back."""

    name: ClassVar[str] = "payments.bill-owed-again"
    bill: str
    outstanding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TillOpened(Event):
    """An official of the agency ``subject`` began to take cash, with ``start`` dong to change."""

    name: ClassVar[str] = "payments.till-opened"
    till: int
    office: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashReceived(Event):
    """``amount`` dong were taken over the counter for what the bill is for, ``subject``."""

    name: ClassVar[str] = "payments.cash-received"
    bill: str
    till: int
    number: str
    amount: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashGivenBack(Event):
    """Cash taken under the receipt ``number`` went back to the payer out of a till."""

    name: ClassVar[str] = "payments.cash-given-back"
    bill: str
    till: int
    number: str
    amount: int
    reason: str
    owed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TillClosed(Event):
    """A till of the agency ``subject`` was counted; ``difference`` below nothing is missing."""

    name: ClassVar[str] = "payments.till-closed"
    till: int
    expected: int
    counted: int
    difference: int
    reason: str
