"""What the portal can say in public of how it serves, from what really happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncDate

from motcua.dossiers.models import Dossier
from motcua.kernel.scope import public


@dataclass(frozen=True, slots=True)
class Served:
    """How many dossiers were settled in a period, and how many of them on time (by day)."""

    since: datetime
    settled: int
    on_time: int
    average: timedelta | None

    @property
    def share_on_time(self) -> float | None:
        """The share settled on time, 0 to 1; ``None`` when nothing was settled."""
        return self.on_time / self.settled if self.settled else None


@public
def served(*, since: datetime, until: datetime) -> Served:
    """Return the figures of one period: on time compares days, as the law counts."""
    done = Dossier.objects.filter(done_at__gte=since, done_at__lt=until)
    by_day = done.annotate(done_day=TruncDate("done_at"), due_day=TruncDate("due_at"))
    found = by_day.aggregate(
        settled=Count("id"),
        on_time=Count("id", filter=Q(done_day__lte=F("due_day"))),
        average=Avg(F("done_at") - F("filed_at")),
    )
    return Served(since=since, **found)
