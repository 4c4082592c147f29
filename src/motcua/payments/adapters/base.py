"""
What the portal needs of a bank or a payment service, whatever its own protocol.

A vendor is a folder here: a class that keeps this protocol, its options as a JSON Schema, and a
line in ``registry.py``. Which vendors a portal uses, and with which options, are its settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from motcua.backbone.http.refusals import NotTrusted
from motcua.kernel.errors import Invalid, Unavailable
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.rules.messages import BankMessage


class BankNotAnswering(Unavailable):
    code = "payments.bank-not-answering"
    message = N_(
        "The bank is not answering. Nothing was charged. Pay with the QR code, or try again in a "
        "few minutes."
    )


class CallBackNotTrusted(NotTrusted):
    code = "payments.call-back-not-trusted"
    message = N_("This call-back is not signed with our key, was altered, or is too old.")


class BadMessage(Invalid):
    code = "payments.bad-message"
    message = N_("This message from the bank cannot be read. Compare it with docs/payments.md.")


@dataclass(frozen=True, slots=True)
class CollectionAccount:
    """Where money for the portal goes: the bank's BIN and name, account number and holder."""

    bin: str
    bank: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class PaymentAsked:
    """What a payer is sent to a bank with; ``back`` is where the bank sends them afterwards."""

    reference: str
    amount: Dong
    purpose: str
    back: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Credits after a cursor, oldest first, the cursor after them, and whether more wait."""

    messages: tuple[BankMessage, ...]
    cursor: str
    more: bool


class Provider(Protocol):
    """A bank or payment service. All calls end within a few seconds, one way or the other."""

    options_schema: ClassVar[dict[str, Any]]
    """JSON Schema of what an administrator sets."""

    def account(self) -> CollectionAccount:
        """Return the account that transfers go to."""

    def origin(self) -> str:
        """Return the web origin of its payment pages, for the security policy of ours."""

    def open(self, asked: PaymentAsked) -> str:
        """
        Return the address to send the payer to; asked twice for a reference, it is one payment.

        :raises BankNotAnswering: if it does not answer, or not with sense
        """

    def read_call_back(
        self, headers: Mapping[str, str], body: bytes, *, at: datetime
    ) -> BankMessage:
        """
        Return what a call-back says.

        :raises CallBackNotTrusted: if the bank did not send it, or not now
        :raises BadMessage: if the bank sent it, but it cannot be read
        """

    def statement(self, cursor: str) -> Statement:
        """
        Return the credits after ``cursor`` (empty: from the beginning).

        :raises BankNotAnswering: if it does not answer, or not with sense
        """

    def test_connection(self) -> None:
        """
        Ask for something harmless that needs address, key and clock to be right.

        :raises BankNotAnswering: if one of them is not
        """
