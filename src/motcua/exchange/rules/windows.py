"""Whether a signature is of now: clocks differ a little, networks take a while, nothing lasts."""

from enum import StrEnum

from motcua.exchange.rules.signatures import Times

LONGEST_LIFE = 300
"""Seconds that a signature may be good for."""

MOST_SKEW = 120
"""
Seconds that clocks may differ at most, whatever a portal allows: whoever checks evidence later
holds a log's times against the signed ones, and does not know what that portal had set.
"""


class Timing(StrEnum):
    """How a signature's times stand to our clock."""

    GOOD = "good"
    EXPIRED = "expired"
    FROM_AHEAD = "from-ahead"
    TOO_LONG = "too-long"


def timing_of(times: Times, *, now: int, skew: int) -> Timing:
    """
    Tell whether a signature is good now.

    :param now: seconds since 1970 by our clock
    :param skew: how many seconds a sender's clock may be off
    """
    if not 0 < times.expires - times.created <= LONGEST_LIFE:
        return Timing.TOO_LONG
    if times.created > now + skew:
        return Timing.FROM_AHEAD
    if times.expires + skew <= now:
        return Timing.EXPIRED
    return Timing.GOOD


def borne_out(moment: int, times: Times) -> bool:
    """Tell whether a log may have written a message down then, by the times that were signed."""
    return times.created - MOST_SKEW <= moment < times.expires + MOST_SKEW
