"""How the worker does its jobs: in whose transaction, logged how, taken up again when."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.utils.timezone import now
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.db_cleanup import (
    close_db_connections,
    close_db_connections_async,
)
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.middleware import SyncCallNext
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from motcua.backbone.jobs import QUICK, jobs
from motcua.backbone.models import GivenAnswer, Tally

M = TypeVar("M", bound=Model)
log = structlog.get_logger("motcua.jobs")

HEARTBEAT = 5.0
"""Seconds between two signs of life of a worker."""
STALLED_AFTER = 20.0
"""Seconds without one after which a worker is taken for dead and its jobs are done again."""
ANSWERS_KEPT = timedelta(days=7)
"""How long a write may be sent again with its ``Idempotency-Key`` and get the same answer."""
SWEEP_SIZE = 10_000


class WorkerConnector(PsycopgConnector):
    """
    The worker's own connections, except for jobs that a job defers: those use Django's.

    Otherwise they would be queued outside the transaction of the operation that defers them, and
    would be done even where it is rolled back.
    """

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector(alias=DEFAULT_DB_ALIAS)


async def work(*, concurrency: int, once: bool = False) -> None:
    """Do jobs until told to stop; with ``once``, only those that wait, and nothing by the clock."""
    connector = WorkerConnector(kwargs=connector_params(DEFAULT_DB_ALIAS))
    with ExitStack() as stack, jobs.replace_connector(connector) as app:
        async with app.open_async():
            if once:
                stack.enter_context(_without_clock(app))
            await app.run_worker_async(
                concurrency=concurrency,
                wait=not once,
                install_signal_handlers=not once,
                delete_jobs="successful",
                fetch_job_polling_interval=2,
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                task_middleware=[close_db_connections, close_db_connections_async, log_each_job],
            )


@contextmanager
def _without_clock(app: App) -> Iterator[None]:
    periodic, app.periodic_registry = app.periodic_registry, PeriodicRegistry()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        app.periodic_registry = periodic


def log_each_job(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Write one line a job: which, how long, how it ended; never its arguments."""
    del worker
    job, start = context.job, time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(job=job.id, task=job.task_name, attempt=job.attempts + 1)
    try:
        result = call_next()
    except Exception:
        log.warning("job failed", ms=_since(start), exc_info=True)
        raise
    log.info("job done", ms=_since(start))
    return result


def _since(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 1)


@jobs.periodic(cron="* * * * * */15", periodic_id="backbone")
@jobs.task(name="backbone.take-up-stalled", queue="upkeep", queueing_lock="take-up-stalled")
async def take_up_stalled(timestamp: int) -> None:
    """Let the jobs of workers that stopped without a word be done again."""
    del timestamp
    for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await jobs.job_manager.retry_job(job)
        log.warning("job taken up again", job=job.id, task=job.task_name)


@jobs.periodic(cron="*/10 * * * *", periodic_id="backbone")
@jobs.task(name="backbone.sweep", queue="upkeep", queueing_lock="sweep", retry=QUICK)
def sweep(timestamp: int) -> None:
    """Forget kept answers and tallies that nobody needs any more."""
    del timestamp
    forget_old(at=now())


def forget_old(*, at: datetime) -> int:
    """Delete answers and tallies past their time, in batches; return how many rows went."""
    answers = GivenAnswer.objects.filter(at__lt=at - ANSWERS_KEPT)
    tallies = Tally.objects.filter(until__lt=at)
    return _delete(answers) + _delete(tallies)


def _delete(old: QuerySet[M]) -> int:
    gone = 0
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE]):
        gone += old.filter(pk__in=some).delete()[0]
    return gone
