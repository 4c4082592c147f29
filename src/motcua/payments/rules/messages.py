"""What a bank tells us, whatever its own format."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.money import Dong


@dataclass(frozen=True, slots=True)
class BankMessage:
    """
    One credit to our account, as a bank told it.

    ``reference`` is the bank's own name of the transaction: the same each time it tells it.
    ``attempt`` is our reference where the payer came through the bank's payment page.
    """

    reference: str
    attempt: str
    amount: Dong
    currency: str
    purpose: str
    paid_at: datetime
