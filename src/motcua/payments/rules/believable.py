"""Made-up money that looks real: for demonstrations and measurements."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from motcua.kernel.banks import NAMES
from motcua.payments.rules.settling import State

_BINS = (
    *("970436",) * 6,
    *("970422",) * 5,
    *("970407",) * 4,
    *("970418",) * 4,
    *("970405",) * 4,
    *("970415",) * 3,
    *("970432", "970416", "970423", "970403", "970441", "963388"),
)
BANKS = tuple(NAMES[each][0].upper() for each in _BINS)
"""Banks that transfers come from, those of many customers more often."""
NOTES = (10_000, 50_000, 100_000, 200_000, 500_000)
CHANGE = (300_000, 500_000, 500_000, 1_000_000)
"""What lies in a till in the morning."""
DIFFERS = 0.012
WHY = {
    True: ("Thừa do khách không lấy tiền lẻ.", "Thừa chưa rõ nguyên nhân, đã lập biên bản."),
    False: ("Thiếu do trả lại nhầm tiền lẻ.", "Thiếu chưa rõ nguyên nhân, đã lập biên bản."),
}
"""Why more, or less, lay in a till than had to."""


class Outcome(NamedTuple):
    """How a bill stands in the end, in dong, and until when it could be paid."""

    state: State
    received: int
    refund_due: int
    expires_at: datetime


def outcome_of(
    total: int,
    *,
    issued_at: datetime,
    paid_at: datetime | None,
    given_up: bool,
    open_for: timedelta,
) -> Outcome:
    """
    Return how a bill stands that was paid whole or not at all, told by the rules of real ones.

    Who paid after its time had run out had asked for a new code just before.

    :param given_up: nobody asks for it any more, so that what came has to go back
    :param open_for: how long a bill may be paid
    """
    expires_at = issued_at + open_for
    if paid_at is None:
        return Outcome(State.CANCELLED if given_up else State.OPEN, 0, 0, expires_at)
    if paid_at > expires_at:
        expires_at = paid_at + open_for
    if given_up:
        return Outcome(State.CANCELLED, total, total, expires_at)
    return Outcome(State.PAID, total, 0, expires_at)


def words_of_transfer(rng: Random, purpose_key: str) -> str:
    """Return what a payer's bank writes on a transfer: its name, ours without its dots."""
    return f"{rng.choice(BANKS)} CT DEN {purpose_key}"


def put_down(rng: Random, due: int) -> int:
    """Return what a payer puts down for an amount in dong: exactly that, or notes above it."""
    note = rng.choice(NOTES) if rng.random() < 0.6 else 1
    return -(-due // note) * note


def counted_in(rng: Random, expected: int) -> tuple[int, str]:
    """Return what is counted in the evening where so much has to lie there, and why it differs."""
    if rng.random() >= DIFFERS:
        return expected, ""
    more = rng.random() < 0.5
    by = rng.randint(1, 20) * 1_000
    return max(expected + (by if more else -by), 0), rng.choice(WHY[more])
