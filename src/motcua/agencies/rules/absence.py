"""Who may stand in for an absent official, and for how long."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from motcua.kernel.actors import Role

LONGEST = timedelta(days=366)
"""The longest an absence may be noted for at once."""

_LADDER = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


def covers(held: AbstractSet[Role], needed: AbstractSet[Role]) -> bool:
    """
    Tell whether who holds ``held`` may do, unasked, all that ``needed`` allow.

    A leader covers a specialist, a specialist a clerk; auditors and administrators are covered
    only by their like.
    """
    rungs = [_LADDER.index(role) for role in held if role in _LADDER]
    highest = max(rungs, default=-1)
    return all(
        _LADDER.index(role) <= highest if role in _LADDER else role in held for role in needed
    )


def is_a_time(since: datetime, until: datetime, *, at: datetime) -> bool:
    """Tell whether an absence noted at ``at`` has a time that is not over and not too long."""
    return since < until and at < until and until - since <= LONGEST
