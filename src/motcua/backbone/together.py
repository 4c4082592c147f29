"""
Small jobs of one kind are done many in one go: fetching and ending each cost more than doing it.

Each stays a job of its own: claimed as a worker claims any job, logged by itself, and put back to
be tried alone where it fails. A worker that dies in the middle leaves all of them to be taken up
again, alone as well, so that one that kills its worker is told from the others.
"""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import OperationalError, close_old_connections
from django.utils.timezone import now
from msgspec import json
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker

from motcua.backbone.queued import put_back
from motcua.backbone.statements import Statement

Doing = Callable[[SyncCallNext, JobContext, Worker], Any]

LONGEST = 2.0
"""Seconds after which those that are not begun yet are left to others."""
TRIED_ALONE_AFTER = timedelta(seconds=2)
"""How long one that failed among others waits before it is tried alone."""
PATIENCE = (0.5, 1, 2, 4, 8, 16)
"""Seconds between tries to say how they ended, while the database is away."""

_most: dict[str, int] = {}
_CLAIM = Statement("""
UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = ANY(ARRAY(
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND task_name = %s AND attempts = 0 AND lock IS NULL
        AND scheduled_at IS NULL
    ORDER BY priority DESC, id LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING id, args::text
""")
_END = Statement("DELETE FROM procrastinate_jobs WHERE id = ANY(%s) AND status = 'doing'")
_LEAVE = Statement("""
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL
WHERE id = ANY(%s) AND status = 'doing'
""")


def together(task: str, *, most: int) -> None:
    """Let a worker that does a job of ``task`` take up to ``most`` others along that wait."""
    _most[task] = most


def taking_along(doing: Doing) -> Doing:
    """
    Return the middleware that does a job by ``doing``, and then others of its task that wait.

    Only what waits for its first try goes along, and only with one at its first try.
    """

    def take_along(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
        result = doing(call_next, context, worker)
        most = _most.get(context.job.task_name)
        if most is not None and not context.job.attempts:
            claimed = _CLAIM.all(worker.worker_id, context.job.task_name, most)
            _do([_like(context.job, *row) for row in sorted(claimed)], doing, context, worker)
        return result

    return take_along


def _like(job: Job, number: int, given: str) -> Job:
    """Return another job of the same task."""
    return job.evolve(id=number, task_kwargs=json.decode(given))


def _do(fellows: Iterable[Job], doing: Doing, context: JobContext, worker: Worker) -> None:
    """Do each in turn until one fails or it takes too long; then say how each ended."""
    until = time.monotonic() + LONGEST
    done: list[int] = []
    failed: list[int] = []
    left: list[int] = []
    for job in fellows:
        number = job.id or 0
        if failed or time.monotonic() > until:
            left.append(number)
            continue
        ended = done if _is_done(job, doing, context, worker) else failed
        ended.append(number)
    if done:
        _surely(lambda: _END.run(done))
    if failed:
        _surely(lambda: put_back(*failed, at=now() + TRIED_ALONE_AFTER))
    if left:
        _surely(lambda: _LEAVE.run(left))


def _is_done(job: Job, doing: Doing, context: JobContext, worker: Worker) -> bool:
    """Do one and tell whether it went well; if not, it is logged, and kept why."""
    call = partial(worker.find_task(job.task_name), **job.task_kwargs)
    try:
        doing(call, context.evolve(job=job), worker)
    except Exception:  # noqa: BLE001 (whatever a task raises, the others are not to blame)
        return False
    return True


def _surely(say: Callable[[], object]) -> None:
    """Say it, again and again while the database is away; then the worker's end will tell."""
    for seconds in PATIENCE:
        try:
            say()
        except OperationalError:
            time.sleep(seconds)
            close_old_connections()
        else:
            return
    say()
