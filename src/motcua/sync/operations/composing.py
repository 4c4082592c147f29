"""What is next to be told of our own dossiers, in the shape that others know."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext, override

from motcua.agencies.queries.agencies import names_of
from motcua.dossiers.queries.outward import (
    Place,
    Record,
    StepTold,
    agencies_pattern,
    records_of,
    steps_between,
    steps_of,
)
from motcua.dossiers.queries.stage_times import stage_times
from motcua.identity.queries.numbers import NumberKnown, numbers_of
from motcua.kernel.text import N_
from motcua.sync.rules.outward import Batch, Said, StepTime, cut
from motcua.sync.rules.rows import Dossier, Status

__all__ = ["STEPS", "batch_of", "next_batch"]

STEPS = 2_000
"""Steps told in one message: it is made, sent and acknowledged in a second or two."""
BY_PORTAL = N_("The portal")
BY_APPLICANT = N_("The applicant")
_NOBODY = NumberKnown(is_organisation=False, number="")


def next_batch(
    since: Place, until: Place, *, top: str, limit: int = STEPS, timed: bool = False
) -> tuple[Place, Batch]:
    """
    Return what follows a place, and the place where it ends.

    It is said in Vietnamese, the language of the state. An applicant's number is left out where
    nobody has seen that it is theirs; names of applicants are in the dossier alone, and reasons
    that officials keep among themselves stay here.

    :param top: the first-level code of the member whose dossiers are told
    :param timed: whether the times of the steps' stages are told, too
    """
    place, steps, numbers = steps_between(since, until, agencies_pattern(top), limit=limit)
    return place, _batch(records_of(numbers), steps, numbers if timed else ())


def batch_of(dossier: int) -> tuple[Batch, str]:
    """Return all that is told of one dossier, with the times of its steps; and whose it is."""
    records = records_of([dossier])
    return _batch(records, steps_of(dossier), [dossier]), records[0].applicant


def _batch(
    records: Collection[Record], steps: Collection[StepTold], timed: Collection[int]
) -> Batch:
    known = numbers_of({record.applicant for record in records})
    agencies = names_of({step.agency for step in steps})
    with override("vi"):
        told = tuple(_status(step, agencies.get(step.agency, step.agency)) for step in steps)
    times: tuple[StepTime, ...] = ()
    if timed:
        found = {n: StepTime(t.began, t.due) for n, t in stage_times(timed).items()}
        times = tuple(found.get(step.number, StepTime()) for step in steps)
    return Batch(tuple(_said(records, known)), told, times)


def _said(records: Iterable[Record], known: dict[str, NumberKnown]) -> Iterable[Said]:
    for record in records:
        applicant = known.get(record.applicant, _NOBODY)
        yield Said(
            Dossier(
                code=record.code,
                procedure=record.procedure,
                as_of=record.as_of,
                title=cut(record.title, 1000),
                agency=record.agency,
                kind=2 if applicant.is_organisation else 1,
                applicant=cut(record.applicant_name, 500),
                person=applicant.number,
                channel=record.channel,
                filed_at=record.filed_at,
                received_at=record.received_at,
                due_at=record.due_at,
                done_at=record.done_at,
                returned_at=record.returned_at,
            ),
            record.status,
            record.return_by,
        )


def _status(step: StepTold, agency: str) -> Status:
    happened = gettext(step.happened)
    if step.by_name:
        who = f"{step.by_name}, {agency}"
    else:
        who = gettext(BY_PORTAL if step.by_portal else BY_APPLICANT)
    return Status(
        code=step.code,
        at=step.at,
        status=step.status,
        words=cut(f"{happened}: {step.reason}" if step.reason else happened, 2000),
        who=cut(who, 200),
    )
