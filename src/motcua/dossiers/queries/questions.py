"""Questions on dossiers, with their answers: for those who asked, and for those who answer."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.looks import record_look
from motcua.dossiers.models import Dossier, Question
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_

PAGE = 50


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """A question on a dossier; ``answer`` is empty, and ``answered_at`` None, until it has one."""

    id: int
    text: str
    by_name: str
    at: datetime
    answer_by: datetime
    answer: str
    answered_name: str
    post: str
    answered_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        """Tell whether it waits for longer than an answer may take."""
        return self.answered_at is None and self.answer_by < at


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that waits for its answer, as a list at the desk shows it."""

    question: QuestionSeen
    code: str
    title: str
    applicant_name: str
    holder_name: str


def questions_on(code: str, *, by: Actor) -> tuple[QuestionSeen, ...]:
    """Return the questions on a dossier the actor may see, the oldest first; one statement."""
    found = Question.objects.visible_to(by).filter(dossier__code=code)
    return tuple(_seen(row) for row in found.order_by("id"))


def questions_waiting(code: str, *, by: Actor) -> int:
    """Return how many questions on a dossier the actor may see wait for an answer."""
    open_here = Question.objects.visible_to(by).filter(dossier__code=code, answered_at=None)
    return open_here.count()


def questions_for_work(
    code: str, *, by: Actor, at: datetime, purpose: str
) -> tuple[QuestionSeen, ...]:
    """
    Return the questions on a dossier; an official's look is written down for the applicant.

    :raises UnknownDossier: if there is no such dossier that the actor may see
    """
    person = Dossier.objects.visible_to(by).filter(code=code).values_list("applicant", flat=True)
    if (applicant := person.first()) is None:
        raise UnknownDossier(dossier=code)
    what = N_("Questions on a dossier")
    record_look(applicant, what, reference=code, purpose=purpose, by=by, at=at)
    return questions_on(code, by=by)


def open_questions(*, by: Actor, after: int | None = None) -> list[OpenQuestion]:
    """
    Return what was asked of the official's agency and waits, the longest first; one statement.

    What is about a dossier of their own, or of somebody near to them, a colleague answers.

    :param after: the id of the last question of the page before; they are asked in that order
    """
    if by.agency is None:
        return []
    waiting = Question.objects.filter(answered_at=None, dossier__agency=by.agency)
    near = sorted(near_to(by.id))
    for person in ("applicant", "agent", "filer"):
        waiting = waiting.exclude(**{f"dossier__{person}__in": near})
    if after is not None:
        waiting = waiting.filter(id__gt=after)
    rows = waiting.select_related("dossier").order_by("id")[: PAGE + 1]
    return [
        OpenQuestion(
            _seen(row),
            row.dossier.code,
            row.dossier.title,
            row.dossier.applicant_name,
            row.dossier.holder_name,
        )
        for row in rows
    ]


def _seen(row: Question) -> QuestionSeen:
    return QuestionSeen(
        id=row.pk,
        text=row.text,
        by_name=row.by_name,
        at=row.at,
        answer_by=row.answer_by,
        answer=row.answer,
        answered_name=row.answered_name,
        post=row.post,
        answered_at=row.answered_at,
    )
