"""What is next to be told of our own dossiers, in the shape that others know."""

from collections.abc import Iterable

from django.utils.translation import gettext, override

from motcua.agencies.queries.agencies import names_of
from motcua.dossiers.queries.outward import (
    Place,
    Record,
    StepTold,
    agencies_pattern,
    records_of,
    steps_between,
)
from motcua.identity.queries.numbers import NumberKnown, numbers_of
from motcua.kernel.text import N_
from motcua.sync.rules.outward import Batch, Said, cut
from motcua.sync.rules.rows import Dossier, Status

__all__ = ["STEPS", "next_batch"]

STEPS = 2_000
"""Steps told in one message: it is made, sent and acknowledged in a second or two."""
BY_PORTAL = N_("The portal")
BY_APPLICANT = N_("The applicant")
_NOBODY = NumberKnown(is_organisation=False, number="")


def next_batch(since: Place, until: Place, *, top: str, limit: int = STEPS) -> tuple[Place, Batch]:
    """
    Return what follows a place, and the place where it ends.

    It is said in Vietnamese, the language of the state. An applicant's number is left out where
    nobody has seen that it is theirs; names of applicants are in the dossier alone, and reasons
    that officials keep among themselves stay here.

    :param top: the first-level code of the member whose dossiers are told
    """
    place, steps, numbers = steps_between(since, until, agencies_pattern(top), limit=limit)
    records = records_of(numbers)
    known = numbers_of({record.applicant for record in records})
    agencies = names_of({step.agency for step in steps})
    with override("vi"):
        told = tuple(_status(step, agencies.get(step.agency, step.agency)) for step in steps)
    return place, Batch(tuple(_said(records, known)), told)


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
