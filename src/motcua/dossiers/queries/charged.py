"""Which further fees an applicant was asked for that were not taken back."""

from collections import Counter
from dataclasses import dataclass

from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.rules.fees import FeeKept
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.payments.queries.bills import BillLine, BillSeen, State, bills_under


@dataclass(frozen=True, slots=True)
class FurtherFee:
    """A further fee that stands: the subject of its bill, what it is for, whether it is paid."""

    bill: str
    lines: tuple[BillLine, ...]
    total: Dong
    is_paid: bool

    @property
    def kept(self) -> tuple[str, ...]:
        """Return its lines as the history keeps them."""
        return tuple(map(_kept, self.lines))


def _kept(line: BillLine) -> str:
    return str(FeeKept(line.title, line.amount.amount, line.legal))


def further_fees(code: str, *, by: Actor) -> tuple[FurtherFee, ...]:
    """
    Return the further fees of a dossier that stand, the latest first; two statements.

    The fee of its filing, and what a supplement made dearer, are none: nobody asked for them by
    mistake. One asked again after a re-opening is the same fee on another bill.
    """
    steps = Transition.objects.filter(
        dossier__in=Dossier.objects.visible_to(by).filter(code=code),
        step__in=[Step.ASK_PAYMENT, Step.WAIVE],
    )
    asked = Counter[tuple[str, ...]]()
    for step, details in steps.order_by("id").values_list("step", "details"):
        lines = tuple(details.get("fees", ()))
        asked[lines] += 1 if step == Step.ASK_PAYMENT else -1
    found = []
    for bill in reversed(bills_under(code)):
        fee = _fee(bill)
        if bill.state is not State.CANCELLED and asked[fee.kept] > 0:
            asked[fee.kept] -= 1
            found.append(fee)
    return tuple(found)


def _fee(bill: BillSeen) -> FurtherFee:
    return FurtherFee(bill.subject, bill.lines, bill.total, bill.is_paid)
