"""How long one will wait, from how fast the day really goes."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

ENOUGH = 3
"""From how many people served today the day's own pace counts."""
LATEST = 20
"""How many of the last ones served make the pace: it follows the day."""


def pace(lengths: Sequence[timedelta], *, usual: timedelta) -> timedelta:
    """
    Return how long one person takes: the median of today's latest, ``usual`` while they are few.

    :param lengths: how long those served today took, the latest last
    """
    if len(lengths) < ENOUGH:
        return usual
    return timedelta(seconds=median(each.total_seconds() for each in lengths[-LATEST:]))


def expected_wait(ahead: int, windows: int, each: timedelta) -> timedelta:
    """
    Return how long whoever has ``ahead`` people before them will wait, in whole minutes, up.

    ``windows`` serve them side by side; with none open, it is reckoned as if one were.
    """
    seconds = ahead * each.total_seconds() / max(windows, 1)
    return timedelta(minutes=-(-seconds // 60))


def median_wait(waits: Sequence[timedelta]) -> timedelta | None:
    """Return the wait that half of the people did not exceed; None where nobody was called."""
    if not waits:
        return None
    return timedelta(seconds=median(each.total_seconds() for each in waits))
