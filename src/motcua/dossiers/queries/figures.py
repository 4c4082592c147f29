"""What the portal can say in public of how it serves, from what really happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncDate, TruncMonth
from django.utils.timezone import localtime

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
        settled=Count("done_at"),
        on_time=Count("done_at", filter=Q(done_day__lte=F("due_day"))),
        average=Avg(F("done_at") - F("filed_at")),
    )
    return Served(since=since, **found)


@public
def served_by_month(*, until: datetime, months: int = 12) -> tuple[Served, ...]:
    """Return the figures of each of the last months in which anything was settled, oldest first."""
    first = localtime(until).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(months - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    done = Dossier.objects.filter(done_at__gte=first, done_at__lt=until)
    by_day = done.annotate(
        done_day=TruncDate("done_at"), due_day=TruncDate("due_at"), month=TruncMonth("done_at")
    )
    found = by_day.values("month").annotate(
        settled=Count("done_at"),
        on_time=Count("done_at", filter=Q(done_day__lte=F("due_day"))),
        average=Avg(F("done_at") - F("filed_at")),
    )
    return tuple(
        Served(row["month"], row["settled"], row["on_time"], row["average"])
        for row in found.order_by("month")
    )
