"""What an operator decides about jobs that are not done: again, or never."""

from datetime import datetime

from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.backbone.failing import note_death
from motcua.backbone.journal import announce
from motcua.backbone.operators import check_operates
from motcua.backbone.queued import FAILED, delete_jobs, put_back
from motcua.backbone.transactions import one_transaction
from motcua.backbone.undone import Standing, Undone, undone_job
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_, letters
from motcua.portal.events import JobGivenUp, JobRetried, JobsRetried
from motcua.portal.queries.undone import NoSuchJob

SHORTEST_REASON = 10
LONGEST_REASON = 300
MOST_AT_ONCE = 5000


class JobNotFailed(Conflict):
    code = "portal.job-not-failed"
    message = N_("Job {job} has not failed: it waits or is being done. There is nothing to retry.")


class JobRuns(Conflict):
    code = "portal.job-runs"
    message = N_("Job {job} is being done right now. Wait until it ends, then decide.")


class JobReasonNeeded(Invalid):
    code = "portal.job-reason-needed"
    message = N_("Say in at least 10 letters why it need not be done any more.")


@one_transaction
def retry_job(job: int, *, reason: str = "", by: Actor, at: datetime) -> None:
    """
    Have a failed job, one that waits for its next try or one of a dead worker done again now.

    A worker counts as dead once it has given no sign of life for 20 seconds. One that was only cut
    off may still end the job: then it is done twice, which every job bears.

    :raises OperatorsOnly: if the actor does not look after the portal
    :raises NoSuchJob: if there is none
    :raises JobNotFailed: if no try of it has failed, or one is going on
    """
    _row, seen = _held(job, by=by, at=at)
    if seen.standing is Standing.OTHER:
        raise JobNotFailed(job=job)
    if seen.standing is Standing.STALLED:
        note_death(job, at=at)
    put_back(job, at=at)
    announce(
        JobRetried(
            subject=str(job),
            task=seen.task,
            about=seen.about,
            error=seen.error,
            reason=_short(reason),
        ),
        by=by,
        at=at,
    )


@one_transaction
def retry_all(task: str, *, reason: str = "", by: Actor, at: datetime) -> int:
    """
    Have the failed jobs of a task done again now, the oldest 5,000; return how many.

    :raises OperatorsOnly: if the actor does not look after the portal
    """
    check_operates(by)
    failed = ProcrastinateJob.objects.filter(status__in=FAILED, task_name=task).order_by("pk")
    held = failed.select_for_update(skip_locked=True).values_list("pk", flat=True)
    numbers = list(held[:MOST_AT_ONCE])
    if numbers:
        put_back(*numbers, at=at)
        again = JobsRetried(subject=task, count=len(numbers), reason=_short(reason))
        announce(again, by=by, at=at)
    return len(numbers)


def give_up_job(job: int, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Never do a job that failed, waits or was left by a dead worker; the journal keeps what and why.

    :raises OperatorsOnly: if the actor does not look after the portal
    :raises JobReasonNeeded: if ``reason`` has fewer than 10 letters
    :raises NoSuchJob: if there is none
    :raises JobRuns: if it is being done
    """
    check_operates(by)
    if letters(reason) < SHORTEST_REASON:
        raise JobReasonNeeded
    _give_up(job, _short(reason), by=by, at=at)


@one_transaction
def _give_up(job: int, reason: str, *, by: Actor, at: datetime) -> None:
    row, seen = _held(job, by=by, at=at)
    if row.status == "doing" and seen.standing is not Standing.STALLED:
        raise JobRuns(job=job)
    delete_jobs([job])
    announce(
        JobGivenUp(
            subject=str(job),
            task=seen.task,
            about=seen.about,
            event=seen.event,
            listener=seen.listener,
            attempts=seen.attempts,
            error=seen.error,
            reason=reason,
        ),
        by=by,
        at=at,
    )


def _held(job: int, *, by: Actor, at: datetime) -> tuple[ProcrastinateJob, Undone]:
    check_operates(by)
    row = ProcrastinateJob.objects.select_for_update().filter(pk=job).first()
    seen = undone_job(job, at=at)
    if row is None or seen is None:
        raise NoSuchJob(job=job)
    return row, seen


def _short(reason: str) -> str:
    return reason.strip()[:LONGEST_REASON]
