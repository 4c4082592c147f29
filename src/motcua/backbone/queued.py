"""What the database knows of workers and jobs, and the few things done to jobs by hand."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from motcua.backbone.jobs import jobs

STALLED_AFTER = 20.0
"""Seconds without a sign of life after which a worker is taken for dead."""
FAILED = ("failed", "cancelled", "aborted")
"""The states of a job that nobody does again unless told to."""

_OLDEST = """
SELECT queue_name, EXTRACT(EPOCH FROM %(at)s::timestamptz - min(since))::float
FROM (
    SELECT queue_name, min(scheduled_at) AS since FROM procrastinate_jobs
    WHERE status = 'todo' AND scheduled_at <= %(at)s GROUP BY queue_name
    UNION ALL
    SELECT first.queue_name, min(event.at)
    FROM (
        SELECT queue_name, min(id) AS id FROM procrastinate_jobs
        WHERE status = 'todo' AND scheduled_at IS NULL GROUP BY queue_name
    ) first
    JOIN procrastinate_events event ON event.job_id = first.id GROUP BY first.queue_name
) waiting
WHERE since <= %(at)s
GROUP BY queue_name ORDER BY queue_name
"""
_PUT_BACK = """
UPDATE procrastinate_jobs
SET status = 'todo', attempts = attempts + (status <> 'todo')::int, scheduled_at = %(at)s,
    queueing_lock = CASE status WHEN 'todo' THEN queueing_lock END, worker_id = NULL
WHERE id = ANY(%(ids)s)
"""


def seconds_since_heartbeat(*, at: datetime) -> float | None:
    """Return how long ago a worker last gave a sign of life, or nothing if there is none."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    return None if last is None else float((at - last).total_seconds())


def jobs_by_state() -> dict[str, int]:
    """Return how many jobs are in each state; those done well are not kept."""
    rows = ProcrastinateJob.objects.values_list("status").annotate(count=Count("id"))
    return {str(status): int(count) for status, count in rows}


def failed_by_queue() -> dict[str, int]:
    """Return how many jobs failed for good, by queue."""
    failed = ProcrastinateJob.objects.filter(status__in=FAILED)
    rows = failed.order_by().values_list("queue_name").annotate(count=Count("id"))
    return {str(queue): int(count) for queue, count in rows}


def longest_waits(*, at: datetime) -> dict[str, float]:
    """Return, by queue, how many seconds the job waits that nobody has taken up for longest."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, {"at": at})
        return dict(cursor.fetchall())


def stalled_jobs(*, at: datetime) -> "QuerySet[ProcrastinateJob]":
    """Return jobs whose worker stopped without a word; they are taken up by themselves."""
    dead = at - timedelta(seconds=STALLED_AFTER)
    doing: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="doing")
    return doing.filter(~Q(worker__last_heartbeat__gte=dead)).order_by("id")


def tasks_of_the_clock() -> list[str]:
    """Return the names of the tasks that the clock runs."""
    return sorted({each.task.name for each in jobs.periodic_registry.periodic_tasks.values()})


def failed_jobs_of_the_clock(*, before: datetime) -> "QuerySet[ProcrastinateJob]":
    """Return the jobs of the clock whose last try was before then, and failed."""
    found: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(
        status__in=FAILED, task_name__in=tasks_of_the_clock(), args__has_key="timestamp"
    )
    tried = Max("procrastinateevent__at")
    return found.annotate(tried_at=tried).filter(tried_at__lt=before).order_by("id")


def jobs_alive(
    task: str, argument: str, values: Sequence[str | int]
) -> "QuerySet[ProcrastinateJob]":
    """Return the jobs of a task, begun or to come, that were given one of ``values``."""
    found: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(
        status__in=("todo", "doing"), task_name=task, **{f"args__{argument}__in": list(values)}
    )
    return found.order_by("id")


def hasten(found: Iterable[ProcrastinateJob], *, at: datetime) -> int:
    """Let jobs that wait for their time be done from ``at`` on; return how many."""
    waiting = [job.pk for job in found if job.status == "todo"]
    return put_back(*waiting, at=at) if waiting else 0


def put_back(*numbers: int, at: datetime) -> int:
    """Let jobs be done again from ``at`` on, whatever became of them; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BACK, {"ids": list(numbers), "at": at})
        return int(cursor.rowcount)


def end_as_failed(number: int) -> None:
    """End a job that a worker began and never ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])


def delete_jobs(found: Iterable[ProcrastinateJob] | Sequence[int]) -> int:
    """Delete jobs, with why they failed; return how many."""
    numbers = [each if isinstance(each, int) else each.pk for each in found]
    if not numbers:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM backbone_failedtry WHERE job = ANY(%s)", [numbers])
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [numbers])
        return int(cursor.rowcount)
