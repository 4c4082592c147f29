"""Ask on a dossier, and answer inside it."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.queries.posts import posts_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import QuestionAnswered, QuestionAsked
from motcua.dossiers.models import Dossier, Question
from motcua.dossiers.operations.standing import check_acting, check_stranger
from motcua.dossiers.operations.steps import held, locked
from motcua.dossiers.rules.access import WORKERS, NotYourStep, is_theirs
from motcua.dossiers.rules.questions import (
    ANSWERED_WITHIN,
    AnsweredAlready,
    check_may_ask,
    words_of,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.kernel.worktime import due_at


class UnknownQuestion(NotFound):
    code = "dossiers.unknown-question"
    message = N_("This dossier has no such question. Open the dossier again to see what it has.")


@one_transaction
def ask(code: str, text: str, *, by: Actor, at: datetime) -> int:
    """
    Ask something about one's dossier, or one's principal's; return the number of the question.

    :raises NoSuchDossier: if the actor cannot see such a dossier
    :raises NotYourStep: if it is somebody else's
    :raises ActingEnded: if the actor's authority to act for the applicant is over
    :raises WordsNeeded: if nothing sensible was written
    :raises EnoughAsked: if too many were asked today, or wait for an answer
    """
    words = words_of(text)
    dossier = locked(code, by=by)
    if not is_theirs(by=by, applicant=dossier.applicant, agent=dossier.agent):
        raise NotYourStep(step="ask")
    check_acting(dossier, by=by, at=at)
    asked = list(dossier.questions.values_list("at", "answered_at"))
    check_may_ask(
        today=sum(localtime(then).date() == localtime(at).date() for then, _answered in asked),
        waiting=sum(answered is None for _then, answered in asked),
    )
    question = Question.objects.create(
        dossier=dossier,
        text=words,
        by=by.id,
        by_name=by.name,
        at=at,
        answer_by=due_at(localtime(at), ANSWERED_WITHIN, calendar_of(dossier.agency)),
    )
    asked_now = QuestionAsked(
        subject=code,
        question=question.pk,
        agency=dossier.agency,
        holder=dossier.holder,
        answer_by=localtime(question.answer_by).isoformat(),
    )
    announce(asked_now, by=by, at=at)
    return question.pk


@one_transaction
def answer(code: str, question_id: int, text: str, *, by: Actor, at: datetime) -> None:
    """
    Answer a question on a dossier of the official's agency, signed with name and post.

    :raises NoSuchDossier: if the actor cannot see such a dossier
    :raises NotYourStep: if they are no official who processes dossiers there
    :raises OwnDossier: if they would answer on a dossier of their own
    :raises ConflictOfInterest: or on a relative's
    :raises UnknownQuestion: if the dossier has no such question
    :raises WordsNeeded: if nothing sensible was written
    :raises AnsweredAlready: if somebody was quicker
    """
    dossier = locked(code, by=by)
    _check_may_answer(dossier, by=by)
    words = words_of(text)
    question = dossier.questions.select_for_update().filter(pk=question_id).first()
    if question is None:
        raise UnknownQuestion
    if question.answered_at is not None:
        raise AnsweredAlready
    question.answer, question.answered_at = words, at
    question.answered_by, question.answered_name = by.id, by.name
    question.answered_agency, question.post = dossier.agency, _post(by, at=at)
    question.save()
    told = QuestionAnswered(
        subject=code, question=question.pk, agency=dossier.agency, asked_by=question.by
    )
    announce(told, by=by, at=at)


def _check_may_answer(dossier: Dossier, *, by: Actor) -> None:
    if not by.serves(dossier.agency, *WORKERS):
        raise NotYourStep(step="answer")
    check_stranger(held(dossier), by=by, step="answer")


def _post(by: Actor, *, at: datetime) -> str:
    """Return what the official is at the agency they act for."""
    titles = [post.title for post in posts_held(by.id, at=at) if post.agency == by.agency]
    return titles[0] if titles else ""
