"""The arithmetic of a till: what is given back over the counter, what must lie in it at night."""

from dataclasses import dataclass

from motcua.kernel.errors import Invalid
from motcua.kernel.money import Dong
from motcua.kernel.text import N_


class GivenTooLittle(Invalid):
    code = "payments.given-too-little"
    message = N_(
        "{due:dong} are due and {given:dong} were given. Ask for the rest, then take it whole."
    )


@dataclass(frozen=True, slots=True)
class TillSums:
    """What went through a till: ``start`` lay there in the morning, the rest came and went."""

    start: Dong
    taken: Dong
    given_back: Dong
    count: int

    @property
    def expected(self) -> Dong:
        """Return what must lie in the till."""
        return Dong(self.start.amount + self.taken.amount - self.given_back.amount)

    def difference(self, counted: Dong) -> Dong:
        """Return how much more than expected was counted; below nothing where some is missing."""
        return Dong(counted.amount - self.expected.amount)


def change_of(due: Dong, given: Dong) -> Dong:
    """
    Return what the payer gets back.

    :raises GivenTooLittle: if they gave less than is due
    """
    if given < due:
        raise GivenTooLittle(due=due.amount, given=given.amount)
    return Dong(given.amount - due.amount)


def receipt_number(year: int, count: int) -> str:
    """Return how a receipt of a year is numbered: ``BL26-0000012``."""
    return f"BL{year % 100:02}-{count:07}"
