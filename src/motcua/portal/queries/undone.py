"""Jobs that are not done, as an operator sees them."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.operators import check_operates
from motcua.backbone.queued import longest_waits, seconds_since_heartbeat, stalled_jobs
from motcua.backbone.undone import (
    PAGE,
    Standing,
    TaskCounts,
    Undone,
    undone_by_task,
    undone_job,
    undone_jobs,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_

__all__ = [
    "PAGE",
    "JobPage",
    "NoSuchJob",
    "Standing",
    "Undone",
    "Work",
    "job_page",
    "undone",
    "work_seen",
]

LATE = 60.0
"""Seconds for which a job may wait before we say that nobody takes jobs up."""


class NoSuchJob(NotFound):
    code = "portal.no-such-job"
    message = N_("There is no job {job}; those done well are not kept.")


@dataclass(frozen=True, slots=True)
class JobPage:
    """A page of jobs; ``before`` leads to the older ones."""

    jobs: tuple[Undone, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """
    How the worker fares.

    ``silent`` is how many seconds ago a worker last gave a sign of life, nothing where none runs;
    ``waits`` how many seconds the longest waiting job of each queue waits by now.
    """

    tasks: tuple[TaskCounts, ...]
    stalled: int
    silent: float | None
    waits: dict[str, float]

    @property
    def failed(self) -> int:
        """How many jobs failed."""
        return sum(each.failed for each in self.tasks)

    @property
    def retrying(self) -> int:
        """How many wait for another try."""
        return sum(each.retrying for each in self.tasks)

    @property
    def longest(self) -> float:
        """How many seconds the longest waiting job waits."""
        return max(self.waits.values(), default=0.0)

    @property
    def stands_still(self) -> bool:
        """Whether nobody takes jobs up that should have been begun a minute ago."""
        return self.longest > LATE

    @property
    def is_dead(self) -> bool:
        """Whether no worker has given a sign of life for a minute."""
        return self.silent is None or self.silent > LATE


def work_seen(*, by: Actor, at: datetime) -> Work:
    """
    Return how the worker fares, in four statements.

    :raises OperatorsOnly: if the actor does not look after the portal
    """
    check_operates(by)
    return Work(
        tasks=undone_by_task(),
        stalled=stalled_jobs(at=at).count(),
        silent=seconds_since_heartbeat(at=at),
        waits=longest_waits(at=at),
    )


def undone(
    standing: Standing,
    *,
    by: Actor,
    at: datetime,
    task: str = "",
    about: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> JobPage:
    """
    Return the newest jobs that stand so, older than job ``before``, in at most five statements.

    :raises OperatorsOnly: if the actor does not look after the portal
    """
    check_operates(by)
    found = undone_jobs(standing, at=at, task=task, about=about, before=before, limit=limit + 1)
    more = found[limit - 1].id if len(found) > limit else None
    return JobPage(tuple(found[:limit]), more)


def job_page(number: int, *, by: Actor, at: datetime) -> Undone:
    """
    Return one job.

    :raises OperatorsOnly: if the actor does not look after the portal
    :raises NoSuchJob: if there is none
    """
    check_operates(by)
    found = undone_job(number, at=at)
    if found is None:
        raise NoSuchJob(job=number)
    return found
