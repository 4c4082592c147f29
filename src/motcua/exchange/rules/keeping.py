"""For how long bodies of messages are kept, and of which."""

from collections.abc import Mapping
from datetime import datetime, timedelta

PARTS = ("request", "answer")


def kept_for(log: str, days: Mapping[str, int]) -> timedelta:
    """
    Return for how long the bodies in a member's log are kept; no time at all: they are not.

    :param days: days by member, ``""`` for all that are not named
    """
    return timedelta(days=max(days.get(log, days.get("", 0)), 0))


def kept_since(log: str, days: Mapping[str, int], *, at: datetime) -> datetime:
    """Return the moment since which bodies of a log are still there at ``at``."""
    return at - kept_for(log, days)
