"""What the portal that processes a dossier answers to the one that handed it on."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

__all__ = [
    "Accepted",
    "Account",
    "BillTold",
    "FeeLine",
    "Opened",
    "ResultTold",
    "Said",
    "Standing",
    "newly_owed",
    "newly_paid",
]

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]{1,200}(:\d{1,5})?", re.ASCII)
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
OWED = frozenset({"open", "part-paid"})
PAID = frozenset({"paid", "overpaid"})


_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_Agency = Annotated[str, msgspec.Meta(max_length=40)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=10)]
"""Of a state in messages of the national portal."""
_Dong = Annotated[int, msgspec.Meta(ge=0, le=10**15)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Accepted(msgspec.Struct, frozen=True):
    """
    It was taken: ``code`` is the unit's own, ``number`` its national state, ``fee`` in dong.

    ``claim`` is the secret by which the applicant takes it over there, where they have no account.
    """

    code: _Code
    number: _Number
    due_at: _Moment
    agency: _Agency
    fee: _Dong = 0
    claim: str = ""


class Said(msgspec.Struct, frozen=True):
    """A step it came to, by national number, and the reason given to the applicant."""

    step: str
    number: _Number
    at: _Moment
    reason: str = ""


class ResultTold(msgspec.Struct, frozen=True):
    """A result that can be fetched under its id."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


class FeeLine(msgspec.Struct, frozen=True):
    """One fee of a bill: what for, in Vietnamese and English, the law behind it, and the dong."""

    title: str
    amount: int
    title_en: str = ""
    legal: str = ""


class Account(msgspec.Struct, frozen=True):
    """
    The unit's own account for a transfer; ``code`` is all of it, and the bill, as a VietQR.

    ``pages`` is the origin of the bank's payment pages, empty where it has none.
    """

    bin: str
    bank: str
    number: str
    holder: str
    code: str
    pages: str = ""

    @property
    def bank_pages(self) -> str:
        """The origin of the bank's payment pages if it is one, for addresses and policies."""
        return self.pages if _ORIGIN.fullmatch(self.pages) else ""


class BillTold(msgspec.Struct, frozen=True):
    """
    A bill of the unit, paid to the unit: money never passes through who handed the dossier on.

    ``subject`` is the bill's name at the unit's desk, ``payee`` the agency that is owed, by name;
    amounts are in dong; ``purpose`` is what the payer writes on the transfer. ``state`` is one of
    ``open``, ``part-paid``, ``paid``, ``overpaid`` and ``cancelled``. ``account`` is missing where
    the unit takes no transfers, or nothing is to be paid any more.
    """

    id: Annotated[str, msgspec.Meta(pattern=_UUID)]
    subject: str
    payee: str
    total: _Dong
    state: str
    issued_at: _Moment
    expires_at: _Moment
    received: _Dong = 0
    refund_due: _Dong = 0
    purpose: str = ""
    paid_at: _Moment | None = None
    lines: list[FeeLine] = []
    account: Account | None = None

    @property
    def left(self) -> int:
        """What is left to pay, in dong."""
        return max(self.total - self.received, 0)

    @property
    def is_owed(self) -> bool:
        """Tell whether it is still to be paid, in time or not."""
        return self.state in OWED

    @property
    def is_paid(self) -> bool:
        """Tell whether the whole of it was received."""
        return self.state in PAID

    def look(self, *, at: datetime) -> str:
        """Return what its page is about: ``payable``, ``expired``, ``paid`` or ``cancelled``."""
        if self.is_owed:
            return "expired" if at > self.expires_at else "payable"
        return "paid" if self.is_paid else "cancelled"


class Opened(msgspec.Struct, frozen=True):
    """Where the payer goes to pay a bill at the unit's bank."""

    address: str


class Standing(msgspec.Struct, frozen=True):
    """
    How it stands: ``asked`` holds reason, papers and fields of an open request for supplement.

    ``round`` counts the requests; ``wait_until`` is when the applicant must have answered.
    """

    code: _Code
    number: _Number
    agency: _Agency
    due_at: _Moment
    fee: _Dong = 0
    paid: bool = False
    asked: dict[str, Any] | None = None
    round: int = 0
    wait_until: _Moment | None = None
    steps: list[Said] = []
    results: list[ResultTold] = []
    bills: list[BillTold] = []


def newly_owed(now: Sequence[BillTold], before: Sequence[BillTold]) -> list[BillTold]:
    """Return the bills that are to be paid now, and were not when the unit told of them before."""
    known = {bill.id for bill in before if bill.is_owed}
    return [bill for bill in now if bill.is_owed and bill.id not in known]


def newly_paid(now: Sequence[BillTold], before: Sequence[BillTold]) -> list[BillTold]:
    """Return the bills that are paid now, and were not when the unit told of them before."""
    known = {bill.id for bill in before if bill.is_paid}
    return [bill for bill in now if bill.is_paid and bill.id not in known]
