"""How a bill can be paid by transfer: the account, and the same as a VietQR text."""

from dataclasses import dataclass

from motcua.kernel.scope import for_rooms
from motcua.payments.adapters.base import CollectionAccount
from motcua.payments.adapters.registry import provider, provider_names
from motcua.payments.queries.bills import BillSeen
from motcua.payments.rules.vietqr import Transfer, encode

__all__ = ["CollectionAccount", "Way", "bank_of", "way_to_pay"]


@dataclass(frozen=True, slots=True)
class Way:
    """
    How to transfer what is left of a bill: the account, and the same as a VietQR text.

    ``origin`` is that of the bank's payment pages.
    """

    name: str
    account: CollectionAccount
    code: str
    origin: str


@for_rooms
def way_to_pay(bill: BillSeen) -> Way | None:
    """Return how to pay by the portal's preferred bank, if it has one; no bank is asked."""
    for name in provider_names()[:1]:
        bank = provider(name)
        account = bank.account()
        left = Transfer(account.bin, account.number, bill.outstanding, bill.purpose)
        return Way(name, account, encode(left), bank.origin())
    return None


@for_rooms
def bank_of(name: str) -> str:
    """Return the bank behind a provider's name, or the name where it is used no more."""
    return provider(name).account().bank if name in provider_names() else name
