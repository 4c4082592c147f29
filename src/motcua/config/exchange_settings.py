"""What of the exchange differs between machines, and needs nothing else of the settings."""

import os

from motcua.exchange.rules.windows import MOST_SKEW

__all__ = [
    "EXCHANGE_ANCHORS",
    "EXCHANGE_BODIES_DAYS",
    "EXCHANGE_BODIES_MOST_BYTES",
    "EXCHANGE_CLOCK_SKEW",
    "EXCHANGE_MOST_BYTES",
    "EXCHANGE_REVOCATIONS",
    "EXCHANGE_REVOCATIONS_DAYS",
]

EXCHANGE_ANCHORS = os.environ.get("EXCHANGE_ANCHORS", "")
"""A file of certificates (PEM) of authorities believed beside our own; empty: none."""
EXCHANGE_REVOCATIONS = tuple(os.environ.get("EXCHANGE_REVOCATIONS", "").split())
EXCHANGE_REVOCATIONS_DAYS = int(os.environ.get("EXCHANGE_REVOCATIONS_DAYS", "7"))
"""Where lists of what those revoked are, beside what certificates name; how late one may come."""
EXCHANGE_CLOCK_SKEW = min(int(os.environ.get("EXCHANGE_CLOCK_SKEW", "60")), MOST_SKEW)
"""How many seconds the clock of another member may be off, 120 at most."""
EXCHANGE_MOST_BYTES = int(os.environ.get("EXCHANGE_MOST_MB", "1024")) * 2**20
"""The most that the body of one message from another member may be, as it is sent."""
_DAYS = os.environ.get("EXCHANGE_BODIES_DAYS", "").replace(",", " ").split()
EXCHANGE_BODIES_DAYS = {
    member: int(days) for member, _, days in (each.rpartition("=") for each in _DAYS)
}
"""Days that bodies of messages are kept, by the member whose log it is; "" is every other."""
EXCHANGE_BODIES_MOST_BYTES = int(os.environ.get("EXCHANGE_BODIES_MOST_KB", "256")) * 2**10
"""The largest body that is kept so; of a larger one its signed digest alone stays."""
