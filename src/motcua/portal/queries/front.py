"""What the first page says of how the portal serves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from motcua.dossiers.queries.figures import Served, served, served_by_month
from motcua.kernel.scope import public

PERIOD = timedelta(days=30)
FRESH = 300
"""Seconds for which a count is shown before it is made again."""
KEY = "portal.front.lately"


@dataclass(frozen=True, slots=True)
class Lately:
    """The last thirty days, and the months before them, as counted at ``until``."""

    until: datetime
    served: Served
    months: tuple[Served, ...]

    @property
    def course(self) -> tuple[float, ...]:
        """The share settled on time, month by month, where something was settled."""
        return tuple(m.share_on_time for m in self.months if m.share_on_time is not None)


@public
def lately(*, at: datetime) -> Lately:
    """Return how dossiers were settled lately: two statements in five minutes."""
    known: Lately | None = cache.get(KEY)
    if known is None:
        known = Lately(at, served(since=at - PERIOD, until=at), served_by_month(until=at))
        cache.set(KEY, known, FRESH)
    return known
