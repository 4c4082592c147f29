"""Whether what came in online was answered in the working hours that the law gives for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.timezone import localtime

from motcua.backbone.database.reading import reading
from motcua.dossiers.queries.counted import Before, Counted
from motcua.dossiers.queries.milestones import among
from motcua.dossiers.rules.lifecycle import BRINGS_IN, State, Step
from motcua.kernel.scope import for_rooms

__all__ = ["Answer", "Answers", "answered", "answers"]

# Only names of this code are put into the statements; what is asked for is always a parameter.


class Answer(StrEnum):
    """How a filing online stands to the time in which it is to be answered."""

    IN_TIME = "answered-in-time"
    LATE = "answered-late"
    WAITS = "to-answer"
    OVERDUE = "answer-overdue"


@dataclass(frozen=True, slots=True)
class Answers:
    """How many were answered in time and late, wait for it in time, and wait beyond it."""

    in_time: int
    late: int
    waits: int
    overdue: int


_IS = {
    Answer.IN_TIME: "d.answered_at <= d.answer_until",
    Answer.LATE: "d.answered_at > d.answer_until",
    Answer.WAITS: "d.answered_at IS NULL AND d.answer_until >= %(now)s",
    Answer.OVERDUE: "d.answered_at IS NULL AND d.answer_until < %(now)s",
}
_TO_ANSWER = f"""
FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id
WHERE t.agency = ANY(%(agencies)s) AND t.step IN ({among(BRINGS_IN)})
    AND t.at >= %(since)s AND t.at < %(until)s AND d.answer_until IS NOT NULL
    AND (d.answered_at >= t.at OR (d.answered_at IS NULL AND d.state = '{State.NEW}'))
    AND NOT EXISTS (
        SELECT FROM dossiers_transition a
        WHERE a.dossier_id = t.dossier_id AND a.step IN ({among(BRINGS_IN - {Step.FILE})})
            AND a.id > t.id AND (d.answered_at IS NULL OR a.at <= d.answered_at)
    )
"""
"""What came to an agency online and was answered there, or is to be: not what it passed on."""
_ANSWERS = (
    f"SELECT {', '.join(f'count(*) FILTER (WHERE {_IS[each]})' for each in Answer)} {_TO_ANSWER}"
)
_ANSWERED = f"""
SELECT d.id, d.code, d.title, t.agency, t.at, d.answer_until, d.answered_at {_TO_ANSWER}
    AND {{answer}} AND (%(procedures)s::text[] IS NULL OR t.procedure = ANY(%(procedures)s))
    AND (%(before)s::bigint IS NULL OR (d.id, t.at) < (%(before)s, %(moment)s))
ORDER BY d.id DESC, t.at DESC LIMIT %(limit)s
"""


@for_rooms
def answers(agency: str, *, since: datetime, at: datetime) -> Answers:
    """Return how what came to an agency online since then was answered, as of ``at``; 1 query."""
    asked: dict[str, Any] = {"agencies": [agency], "since": since, "until": at, "now": at}
    with reading("dossiers").cursor() as cursor:
        cursor.execute(_ANSWERS, asked)
        return Answers(*cursor.fetchone())


@for_rooms
def answered(
    agencies: Collection[str],
    answer: Answer,
    *,
    since: datetime,
    until: datetime,
    at: datetime,
    procedures: Collection[str] | None = None,
    before: Before | None = None,
    limit: int,
) -> tuple[Counted, ...]:
    """
    Return the dossiers behind one of ``answers``, newest first, in one statement.

    Their due time is that of the answer, and settled is when it was given.
    """
    asked: dict[str, Any] = {
        "agencies": list(agencies),
        "since": since,
        "until": until,
        "now": at,
        "procedures": None if procedures is None else list(procedures),
        "before": before and before.id,
        "moment": before and before.came_at,
        "limit": limit,
    }
    with reading("dossiers").cursor() as cursor:
        cursor.execute(_ANSWERED.format(answer=_IS[answer]), asked)
        return tuple(_counted(row, answer) for row in cursor.fetchall())


def _counted(row: Sequence[Any], answer: Answer) -> Counted:
    id_, code, title, agency, came_at, until, given_at = row
    given = localtime(given_at) if given_at else None
    return Counted(id_, code, title, agency, localtime(came_at), localtime(until), given, answer)
