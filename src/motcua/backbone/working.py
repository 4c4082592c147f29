"""How the worker does its jobs: in whose transaction, logged how, taken up again when."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.timezone import now
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.db_cleanup import (
    close_db_connections,
    close_db_connections_async,
)
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.middleware import SyncCallNext
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from motcua.backbone.failing import forget_failure, note_death, note_failure
from motcua.backbone.jobs import QUICK, jobs
from motcua.backbone.models import FailedTry, GivenAnswer, Tally
from motcua.backbone.queued import (
    STALLED_AFTER,
    delete_jobs,
    end_as_failed,
    failed_jobs_of_the_clock,
    put_back,
    stalled_jobs,
)
from motcua.backbone.together import taking_along
from motcua.backbone.transactions import one_transaction

M = TypeVar("M", bound=Model)
log = structlog.get_logger("motcua.jobs")

HEARTBEAT = 5.0
"""Seconds between two signs of life of a worker."""
LOOKS_EVERY = 0.5
"""
Seconds between two looks for jobs where none waited.

Nobody tells the worker of them: a NOTIFY would make all commits wait for one another.
"""
MOST_DEATHS = 5
"""How many workers may die in the middle of one job before it is taken for what kills them."""
ANSWERS_KEPT = timedelta(days=7)
"""How long a write may be sent again with its ``Idempotency-Key`` and get the same answer."""
CLOCK_FAILURES_KEPT = timedelta(days=7)
"""How long a failed job of the clock is kept: the next one has done its work since."""
FAILURES_KEPT = timedelta(days=1)
"""How long it is kept why a job failed that is there no more."""
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
                fetch_job_polling_interval=LOOKS_EVERY,
                listen_notify=False,
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                task_middleware=[
                    close_db_connections,
                    close_db_connections_async,
                    taking_along(log_each_job),
                ],
            )


@contextmanager
def _without_clock(app: App) -> Iterator[None]:
    periodic, app.periodic_registry = app.periodic_registry, PeriodicRegistry()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        app.periodic_registry = periodic


def log_each_job(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
    """
    Write one line a job: which, how long, how it ended; never its arguments.

    Why it failed is kept beside it as well, for the person who decides what becomes of it.
    """
    del worker
    job, start = context.job, time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(job=job.id, task=job.task_name, attempt=job.attempts + 1)
    try:
        result = call_next()
    except Exception as error:
        log.warning("job failed", ms=_since(start), exc_info=True)
        _keep(job, error)
        raise
    log.info("job done", ms=_since(start))
    if job.attempts and job.id is not None:
        forget_failure(job.id)
    return result


def _keep(job: Job, error: Exception) -> None:
    """Write down why a job failed; where the database is what failed, the log must do."""
    close_old_connections()
    try:
        note_failure(job.id or 0, error, given=job.task_kwargs, at=now())
    except DatabaseError:
        log.exception("why the job failed could not be kept")


def _since(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 1)


@jobs.periodic(cron="* * * * * */15", periodic_id="backbone")
@jobs.task(name="backbone.take-up-stalled", queue="upkeep", queueing_lock="take-up-stalled")
def take_up_stalled(timestamp: int) -> None:
    """Let the jobs of workers that stopped without a word be done again."""
    del timestamp
    take_up(at=now())


@one_transaction
def take_up(*, at: datetime) -> None:
    """
    Put back the jobs of dead workers; one in whose middle five workers died has failed.

    Otherwise a job that kills whoever does it would kill workers for ever.
    """
    for job in stalled_jobs(at=at).select_for_update(skip_locked=True, of=("self",)):
        deaths = note_death(job.pk, at=at)
        if deaths < MOST_DEATHS:
            put_back(job.pk, at=at)
            log.warning("job taken up again", job=job.pk, task=job.task_name, deaths=deaths)
        else:
            end_as_failed(job.pk)
            log.error("job kills its workers", job=job.pk, task=job.task_name, deaths=deaths)


@jobs.periodic(cron="*/10 * * * *", periodic_id="backbone")
@jobs.task(name="backbone.sweep", queue="upkeep", queueing_lock="sweep", retry=QUICK)
def sweep(timestamp: int) -> None:
    """Forget kept answers and tallies that nobody needs any more."""
    del timestamp
    forget_old(at=now())


def forget_old(*, at: datetime) -> int:
    """
    Delete in batches what is past its time; return how many rows went.

    That is answers, tallies, failed jobs of the clock, and why jobs failed that are gone. Other
    failed jobs stay until somebody retries them or gives them up.
    """
    answers = GivenAnswer.objects.filter(at__lt=at - ANSWERS_KEPT)
    tallies = Tally.objects.filter(until__lt=at)
    clock = failed_jobs_of_the_clock(before=at - CLOCK_FAILURES_KEPT)
    there = ProcrastinateJob.objects.filter(pk=OuterRef("pk"))
    reasons = FailedTry.objects.filter(~Exists(there), last_at__lt=at - FAILURES_KEPT)
    return _delete(answers) + _delete(tallies) + delete_jobs(clock) + _delete(reasons)


def _delete(old: QuerySet[M]) -> int:
    gone = 0
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE]):
        gone += old.filter(pk__in=some).delete()[0]
    return gone
