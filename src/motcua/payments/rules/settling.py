"""What money that arrives does to a bill: the lifecycle of a bill as a table, pure arithmetic."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.kernel.money import Dong


class State(StrEnum):
    """Where a bill stands. That its time has run out is no state: it can be opened again."""

    OPEN = "open"
    PART_PAID = "part-paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What one receipt meant when it was heard."""

    WHOLE = "whole"
    PART = "part"
    OVER = "over"
    AGAIN = "again"
    LATE = "late"
    CANCELLED = "cancelled"
    UNMATCHED = "unmatched"
    GIVEN_BACK = "given-back"


LIFECYCLE: dict[State, dict[Verdict, State]] = {
    State.OPEN: {
        Verdict.WHOLE: State.PAID,
        Verdict.PART: State.PART_PAID,
        Verdict.OVER: State.OVERPAID,
        Verdict.LATE: State.OPEN,
    },
    State.PART_PAID: {
        Verdict.WHOLE: State.PAID,
        Verdict.PART: State.PART_PAID,
        Verdict.OVER: State.OVERPAID,
        Verdict.LATE: State.PART_PAID,
    },
    State.PAID: {Verdict.AGAIN: State.OVERPAID},
    State.OVERPAID: {Verdict.AGAIN: State.OVERPAID},
    State.CANCELLED: {Verdict.CANCELLED: State.CANCELLED},
}
SETTLED = frozenset({State.PAID, State.OVERPAID})
PAYABLE = frozenset({State.OPEN, State.PART_PAID})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bill stands: asked for, received towards it, and until when it may be paid."""

    state: State
    total: Dong
    received: Dong
    expires_at: datetime

    @property
    def outstanding(self) -> Dong:
        """What is left to pay."""
        return Dong(self.total.amount - self.received.amount)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a receipt did: ``counted`` towards the bill, ``refund_due`` to go back."""

    state: State
    verdict: Verdict
    counted: Dong
    refund_due: Dong


def settle(standing: Standing, amount: Dong, *, paid_at: datetime) -> Settled:
    """
    Return what a payment does to a bill; not a dong of it is lost.

    When the payer paid counts, not when the bank told us: money sent in time is in time, however
    late the call-back. Money sent after the bill ran out or was cancelled, or after it was paid,
    is kept apart to be sent back.
    """
    verdict = _verdict(standing, amount, paid_at=paid_at)
    state = LIFECYCLE[standing.state][verdict]
    if verdict in {Verdict.AGAIN, Verdict.LATE, Verdict.CANCELLED}:
        return Settled(state, verdict, Dong(0), amount)
    counted = min(amount, standing.outstanding)
    return Settled(state, verdict, counted, Dong(amount.amount - counted.amount))


def _verdict(standing: Standing, amount: Dong, *, paid_at: datetime) -> Verdict:
    if standing.state is State.CANCELLED:
        return Verdict.CANCELLED
    if standing.state in SETTLED:
        return Verdict.AGAIN
    if paid_at > standing.expires_at:
        return Verdict.LATE
    if amount == standing.outstanding:
        return Verdict.WHOLE
    return Verdict.PART if amount < standing.outstanding else Verdict.OVER
