"""When made-up applicants pay a fee, and how: over the counter, by transfer, late or never."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from motcua.dossiers.rules.believable_hours import OfficeHours

COUNTER, POST = 1, 3
IN_CASH = 0.7
"""How many of those at a counter pay there in cash; most others by the code shown to them."""
AT_ONCE = {COUNTER: 0.97, POST: 0.0}
AT_ONCE_ONLINE = 0.83
SOON, LATE = 0.955, 0.985
"""Up to which share a fee comes within a bill's time, and up to which at all."""
NIGHT_ENDS = 6


class Shift(NamedTuple):
    """Who took cash on a day, and the hours that the counter was open, as far as they are over."""

    clerk: str
    clerk_name: str
    opened_at: datetime
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Payment:
    """When a fee was paid; ``shift`` is whose till took it, None of a transfer."""

    at: datetime
    shift: Shift | None = None


def a_payment(
    rng: Random,
    channel: int,
    filed_at: datetime,
    *,
    clerks: Sequence[tuple[str, str]],
    hours: OfficeHours,
    now: datetime,
) -> Payment | None:
    """
    Return how the fee of a dossier is going to be paid, or None where it never is.

    Cash is taken where and when it was filed, while the counter is open; transfers at any hour.

    :param clerks: who takes cash at its office; nobody where it has none
    """
    if channel == COUNTER and clerks and rng.random() < IN_CASH:
        at = filed_at + timedelta(seconds=rng.randint(60, 480))
        opens, closes = hours.hours_of(filed_at)
        shift = Shift(*rng.choice(clerks), opens, min(closes, now))
        return Payment(at if hours.is_open(at) else filed_at, shift)
    drawn = rng.random()
    if drawn < AT_ONCE.get(channel, AT_ONCE_ONLINE):
        return Payment(filed_at + timedelta(seconds=rng.randint(60, 1_500)))
    if drawn >= LATE:
        return None
    days = rng.uniform(0.3, 2.7) if drawn < SOON else rng.uniform(3.5, 16)
    at = filed_at + timedelta(days=days)
    return Payment(at + timedelta(hours=NIGHT_ENDS) if at.hour < NIGHT_ENDS else at)
