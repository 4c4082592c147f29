"""What waits to be sent to a unit is in a job, and in a new one where that was lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from motcua.backbone.jobs import jobs
from motcua.backbone.queued import hasten, jobs_alive
from motcua.forwarding.models import Given, Handed, Supplement
from motcua.forwarding.rules.states import Handing

__all__ = ["have_sent", "have_sent_now", "take_up_again", "waiting_of"]

Waits = Handed | Supplement | Given
_TASKS: Mapping[type[Waits], tuple[str, str]] = {
    Handed: ("forwarding.hand-on", "code"),
    Supplement: ("forwarding.hand-answer-on", "supplement"),
    Given: ("forwarding.tell-given-out", "given"),
}
"""Which job sends what waits in a table, and the argument by which it knows it."""


def have_sent(row: Waits) -> None:
    """Have what waits sent by the worker: of one dossier, one thing after another."""
    task, argument = _TASKS[type(row)]
    lock = row.code if isinstance(row, Handed) else row.handed.code
    jobs.configure_task(task, lock=lock).defer(**{argument: _named(row)})


def waiting_of(code: str) -> list[Waits]:
    """Return all that waits to be sent of a dossier."""
    dossiers = Handed.objects.filter(code=code, handing=Handing.WAITING)
    about = {"handed__code": code, "handing": Handing.WAITING}
    answers = Supplement.objects.filter(**about).select_related("handed")
    given = Given.objects.filter(**about).select_related("handed")
    return [*dossiers, *answers, *given]


def have_sent_now(rows: Iterable[Waits], *, at: datetime) -> None:
    """Have each sent at once: by the job that has it, whatever its next try is put off to."""
    for row in rows:
        if alive := jobs_alive(*_TASKS[type(row)], [_named(row)]):
            hasten(alive, at=at)
        else:
            have_sent(row)


def take_up_again(*, before: datetime, limit: int = 200) -> int:
    """
    Have sent what waits, was not tried since ``before`` and is in no job; return how many.

    A job is lost where it failed for good or was given up by hand; what it was to send is here.

    :param limit: how many of each kind are looked at, those tried longest ago first
    """
    waits = {"handing": Handing.WAITING, "next_at__lte": before}
    dossiers = Handed.objects.filter(**waits).order_by("next_at")[:limit]
    answers = Supplement.objects.filter(**waits).select_related("handed").order_by("next_at")
    given = Given.objects.filter(**waits).select_related("handed").order_by("next_at")
    kinds: tuple[list[Waits], ...] = ([*dossiers], [*answers[:limit]], [*given[:limit]])
    lost = [row for rows in kinds for row in _in_no_job(rows)]
    for row in lost:
        have_sent(row)
    return len(lost)


def _in_no_job(rows: list[Waits]) -> list[Waits]:
    """Return those that no job has, of some of one kind."""
    if not rows:
        return []
    task, argument = _TASKS[type(rows[0])]
    alive = jobs_alive(task, argument, [_named(row) for row in rows])
    held = {job.args[argument] for job in alive}
    return [row for row in rows if _named(row) not in held]


def _named(row: Waits) -> str | int:
    return row.code if isinstance(row, Handed) else row.pk
