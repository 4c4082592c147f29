"""Jobs that are not done as they should: which, what about, since when, why. Nothing personal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Max, Min, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from motcua.backbone.failing import NAMELESS
from motcua.backbone.jobs import jobs
from motcua.backbone.models import Entry, FailedTry
from motcua.backbone.queued import FAILED, stalled_jobs

PAGE = 50
MOST_ENTRIES = 1000


class Standing(StrEnum):
    """How a job that is not done stands."""

    FAILED = "failed"
    RETRYING = "retrying"
    STALLED = "stalled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Undone:
    """
    A job that is not done.

    ``about`` is what it was about, such as a dossier's code; ``event`` and ``listener`` what it
    would have told whom, for a delivery. ``since`` is when it was asked for, ``failing_since`` when
    a try of it went wrong first, ``next_at`` when it is tried again by itself. ``deaths`` tells how
    many workers are known to have died in its middle.
    """

    id: int
    task: str
    queue: str
    standing: Standing
    attempts: int
    about: str
    event: str
    listener: str
    since: datetime | None
    failing_since: datetime | None
    tried_at: datetime | None
    next_at: datetime | None
    error: str
    details: str
    deaths: int
    known: bool
    """Whether this version of the portal still knows the task."""


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many jobs of a task failed and how many wait for another try."""

    task: str
    failed: int
    retrying: int


def undone_jobs(
    standing: Standing,
    *,
    at: datetime,
    task: str = "",
    about: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> list[Undone]:
    """
    Return jobs that stand so, the newest first, older than job ``before`` (four statements).

    :param about: only those about exactly this, such as a dossier's code (one statement more)
    """
    found = _standing_so(standing, at=at)
    if task:
        found = found.filter(task_name=task)
    if about:
        entries = Entry.objects.filter(subject=about).order_by("-pk").values_list("pk", flat=True)
        told = [Q(**{f"args__{name}": about}) for name in sorted(NAMELESS)]
        asked = Q(args__entry_id__in=list(entries[:MOST_ENTRIES]))
        for each in told:
            asked |= each
        found = found.filter(asked)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _told(found.order_by("-pk")[:limit], at=at)


def undone_job(number: int, *, at: datetime) -> Undone | None:
    """Return one job that is not done, whatever its standing, or nothing."""
    found = _told(ProcrastinateJob.objects.filter(pk=number), at=at)
    return found[0] if found else None


def undone_by_task() -> tuple[TaskCounts, ...]:
    """Return the tasks of which a job failed or waits for another try, the most failed first."""
    rows = (
        ProcrastinateJob.objects.filter(Q(status__in=FAILED) | Q(status="todo", attempts__gt=0))
        .order_by()
        .values_list("task_name")
        .annotate(
            failed=Count("id", filter=Q(status__in=FAILED)),
            retrying=Count("id", filter=Q(status="todo")),
        )
    )
    return tuple(sorted((TaskCounts(*row) for row in rows), key=lambda c: (-c.failed, c.task)))


def _standing_so(standing: Standing, *, at: datetime) -> "QuerySet[ProcrastinateJob]":
    every: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.all()
    match standing:
        case Standing.FAILED:
            return every.filter(status__in=FAILED)
        case Standing.RETRYING:
            return every.filter(status="todo", attempts__gt=0)
        case Standing.STALLED:
            return stalled_jobs(at=at)
        case Standing.OTHER:
            return every.filter(status__in=("todo", "doing"))


def _told(found: Iterable[ProcrastinateJob], *, at: datetime) -> list[Undone]:
    rows = list(found)
    numbers = [row.pk for row in rows]
    stalled = _stalled_among(rows, at=at)
    reasons = FailedTry.objects.in_bulk(numbers)
    moments = _moments(numbers)
    entries = Entry.objects.in_bulk(
        {row.args["entry_id"] for row in rows if isinstance(row.args.get("entry_id"), int)}
    )
    return [
        _one(row, row.pk in stalled, reasons.get(row.pk), moments.get(row.pk), entries)
        for row in rows
    ]


def _stalled_among(rows: Collection[ProcrastinateJob], *, at: datetime) -> set[int]:
    doing = [row.pk for row in rows if row.status == "doing"]
    if not doing:
        return set()
    return set(stalled_jobs(at=at).filter(pk__in=doing).values_list("pk", flat=True))


def _moments(numbers: Collection[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Return when each was asked for, and when it was last begun or ended."""
    asked = Min("at")
    tried = Max("at", filter=~Q(type__in=("deferred", "scheduled", "retried")))
    events = ProcrastinateEvent.objects.filter(job__in=list(numbers)).order_by()
    return {job: (first, last) for job, first, last in _rows(events, asked, tried)}


def _rows(
    events: "QuerySet[ProcrastinateEvent]", asked: Min, tried: Max
) -> Iterable[tuple[int, datetime | None, datetime | None]]:
    return events.values_list("job").annotate(asked=asked, tried=tried)


def _one(
    row: ProcrastinateJob,
    stalled: bool,  # noqa: FBT001
    reason: FailedTry | None,
    moments: tuple[datetime | None, datetime | None] | None,
    entries: Mapping[int, Entry],
) -> Undone:
    entry = entries.get(row.args.get("entry_id", 0))
    since, tried = moments or (None, None)
    named = next((str(row.args[name]) for name in sorted(NAMELESS) if name in row.args), "")
    return Undone(
        id=row.pk,
        task=row.task_name,
        queue=row.queue_name,
        standing=_standing(row, stalled=stalled),
        attempts=row.attempts,
        about=entry.subject if entry else named,
        event=entry.name if entry else "",
        listener=str(row.args.get("listener", "")).rpartition(".")[2],
        since=since,
        failing_since=reason.first_at if reason else None,
        tried_at=tried,
        next_at=row.scheduled_at if row.status == "todo" else None,
        error=reason.error if reason else "",
        details=reason.details if reason else "",
        deaths=reason.deaths if reason else 0,
        known=row.task_name in jobs.tasks,
    )


def _standing(row: ProcrastinateJob, *, stalled: bool) -> Standing:
    if row.status in FAILED:
        return Standing.FAILED
    if row.status == "todo" and row.attempts:
        return Standing.RETRYING
    return Standing.STALLED if stalled else Standing.OTHER
