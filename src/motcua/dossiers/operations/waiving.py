"""Taking back a further fee that was asked for by mistake: a leader's decision, with a reason."""

from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import MONEY, all_paid
from motcua.dossiers.operations.moving import Moved, check_step, locked, move
from motcua.dossiers.queries.charged import FurtherFee, further_fees
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_
from motcua.payments.operations.billing import cancel_bill
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under


class NoSuchFee(Conflict):
    code = "dossiers.no-such-fee"
    message = N_(
        "There is no such further fee to take back: none was asked for, or it was taken back "
        "already. The fee of the filing itself stays."
    )


class AnotherAwaited(Conflict):
    code = "dossiers.another-fee-awaited"
    message = N_(
        "Another fee is awaited just now. Take this one back once that has arrived, or take that "
        "one back first."
    )


@one_transaction
def waive_fee(
    code: str, bill: str = "", *, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Take a further fee back that was asked for by mistake; it is never asked for again.

    Not paid yet, its bill is cancelled, and a dossier that waited for it goes on as if it were
    paid. What came for it already is due to go back. Other fees stay as they are.

    :param bill: the subject of its bill, ``CODE/2``; the fee asked for last by default
    :raises NotYourStep: if the actor is no leader of its agency
    :raises ReasonNeeded: if no reason is given
    :raises NoSuchFee: if no such further fee stands
    :raises AnotherAwaited: if it is paid, and the dossier waits for another one
    """
    dossier = locked(code, by=by, seen=seen)
    check_step(dossier, Step.WAIVE, by=by, reason=reason)
    fee = next((x for x in further_fees(code, by=by) if bill in ("", x.bill)), None)
    if fee is None:
        raise NoSuchFee(dossier=code)
    received = _owe_less(dossier, fee, at=at)
    facts = {"fees": list(fee.kept), "bill": [fee.bill]}
    facts |= {"goes_back": [str(received)]} if received else {}
    move(dossier, Step.WAIVE, by=by, at=at, reason=reason, details=facts, also=MONEY)
    cancel_bill(fee.bill, by=by, at=at, paid_too=True)
    return Moved.of(dossier)


def _owe_less(dossier: Dossier, fee: FurtherFee, *, at: datetime) -> int:
    """Let a dossier owe all but this fee; return what of it came already, in dong."""
    bills = {x.subject: x for x in bills_under(dossier.code) if x.state is not BillState.CANCELLED}
    received = bills.pop(fee.bill).received.amount
    rest = all_paid(bills.values())
    if fee.is_paid and not rest and dossier.state == State.PAYMENT:
        raise AnotherAwaited(dossier=dossier.code)
    dossier.fee -= fee.total.amount
    if not bills:
        dossier.paid_at = None
    elif rest and dossier.paid_at is None:
        dossier.paid_at = max(x.paid_at or at for x in bills.values())
    return received
