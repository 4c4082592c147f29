"""When the unit is asked next how a dossier stands, unless it tells of something new itself."""

from datetime import UTC, datetime, timedelta

from motcua.forwarding.rules.answers import Standing
from motcua.forwarding.rules.states import ENDED

AGAIN = timedelta(minutes=10)
"""How long after an answer the unit is asked again."""
SOON = timedelta(seconds=15)
"""How long after that while something is just being made: a result, the end of a bill."""
WATCHED = timedelta(minutes=1)
"""How long after that while money is on its way: most people pay at once."""
LOOKED_AT = timedelta(hours=1)
"""How long after a bill was issued, or let run on, its payer is thought to be about to pay."""
LONGEST = timedelta(days=7)
"""How long after an answer a settled dossier is asked of again at most."""
DONE = 9
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def next_ask(told: Standing, *, at: datetime) -> datetime:
    """
    Return when to ask again what stands so at ``at``.

    A settled dossier is asked of ever more rarely, after as long again as it has been settled: it
    may be opened again for a correction.
    """
    settled = at - (told.steps[-1].at if told.steps else _NEVER)
    owed = [bill for bill in told.bills if bill.is_owed]
    if told.number in ENDED:
        is_being_cancelled = bool(owed) and settled < AGAIN
        return at + (SOON if is_being_cancelled else min(max(settled, AGAIN), LONGEST))
    if told.number == DONE and not told.results and settled < AGAIN:
        return at + SOON
    is_watched = any(at - bill.issued_at < LOOKED_AT for bill in owed)
    return at + (WATCHED if is_watched else AGAIN)
