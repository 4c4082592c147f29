"""What the database knows of workers and jobs, for probes, measures and the doctor."""

from datetime import datetime, timedelta

from django.db.models import Count, Max
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from motcua.backbone.working import STALLED_AFTER


def seconds_since_heartbeat(*, at: datetime) -> float | None:
    """Return how long ago a worker last gave a sign of life, or nothing if there is none."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    return None if last is None else float((at - last).total_seconds())


def jobs_by_state() -> dict[str, int]:
    """Return how many jobs are in each state; those done well are not kept."""
    rows = ProcrastinateJob.objects.values_list("status").annotate(count=Count("id"))
    return {str(status): int(count) for status, count in rows}


def stalled_jobs(*, at: datetime) -> list[ProcrastinateJob]:
    """Return jobs whose worker stopped without a word; they are taken up by themselves."""
    dead = at - timedelta(seconds=STALLED_AFTER)
    doing = ProcrastinateJob.objects.filter(status="doing").order_by("id")
    return list(doing.exclude(worker__last_heartbeat__gte=dead))


def overdue_jobs(*, at: datetime, late: timedelta) -> int:
    """Return how many jobs wait for longer than ``late`` past their time."""
    waiting = ProcrastinateJob.objects.filter(status="todo", scheduled_at__lt=at - late)
    return waiting.count()
