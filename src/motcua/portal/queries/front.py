"""What the first page says of how the portal serves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from motcua.dossiers.queries.figures import Served, served
from motcua.kernel.scope import public

PERIOD = timedelta(days=30)
FRESH = 300
"""Seconds for which a count is shown before it is made again."""
KEY = "portal.front.lately"


@dataclass(frozen=True, slots=True)
class Lately:
    """The last thirty days, as counted at ``until``."""

    until: datetime
    served: Served


@public
def lately(*, at: datetime) -> Lately:
    """Return how dossiers were settled in the last thirty days: one statement in five minutes."""
    known: Lately | None = cache.get(KEY)
    if known is None:
        known = Lately(until=at, served=served(since=at - PERIOD, until=at))
        cache.set(KEY, known, FRESH)
    return known
