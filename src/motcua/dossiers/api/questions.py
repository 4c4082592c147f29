"""Questions inside a dossier, and how it went, for machines and apps."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Number, NumberOut, officials_of
from motcua.dossiers.operations.asking import answer as keep_answer
from motcua.dossiers.operations.asking import ask as keep_question
from motcua.dossiers.operations.rating import rate as keep_rating
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.questions import (
    PAGE,
    QuestionSeen,
    open_questions,
    questions_for_work,
    questions_on,
)
from motcua.dossiers.rules.access import WORKERS
from motcua.dossiers.rules.purposes import purpose_of

router = Router(tags=["dossiers"])
Words = Annotated[str, Field(max_length=4000)]
Reply = Literal["yes", "partly", "no"]


class TextIn(Schema):
    """A question on a dossier, or the answer to one: 10 to 2,000 letters."""

    text: Words


class QuestionOut(Schema):
    """A question on a dossier; ``answered_at`` is null until it has its answer."""

    id: int
    text: str
    by: str
    at: datetime
    answer_by: datetime
    answer: str
    answered_by: str
    post: str
    answered_at: datetime | None


class QuestionsOut(Schema):
    """The questions on a dossier, the oldest first."""

    items: list[QuestionOut]


class WaitingOut(Schema):
    """A question that waits for the answer of the caller's agency."""

    question: QuestionOut
    dossier: str
    title: str
    applicant: str
    holder: str


class WaitingsOut(Schema):
    """What waits for an answer, the longest first; ``next`` is the ``after`` of the page after."""

    items: list[WaitingOut]
    next: int | None


class RatingIn(Schema):
    """How it went: 3 very satisfied, 2 satisfied, 1 not; and replies to the pack's questions."""

    score: int = Field(ge=1, le=3)
    comment: str = Field("", max_length=2000)
    answers: Annotated[dict[Annotated[str, Field(max_length=80)], Reply], Field(max_length=50)] = {}


@router.get("/questions", response={200: WaitingsOut, **PROBLEMS}, summary="Questions that wait")
def waiting(request: HttpRequest, after: Number | None = None) -> WaitingsOut:
    """List what was asked of the caller's agency and waits for its answer."""
    found = open_questions(by=officials_of(request, *WORKERS), after=after)
    shown = found[:PAGE]
    items = [
        WaitingOut(
            question=_out(each.question),
            dossier=each.code,
            title=each.title,
            applicant=each.applicant_name,
            holder=each.holder_name,
        )
        for each in shown
    ]
    return WaitingsOut(items=items, next=shown[-1].question.id if len(found) > PAGE else None)


@router.get(
    "/dossiers/{code}/questions",
    response={200: QuestionsOut, **PROBLEMS},
    summary="Questions on a dossier",
)
def on_dossier(request: HttpRequest, code: str) -> QuestionsOut:
    """List the questions on a dossier with their answers; an official's look is written down."""
    by, at = actor_of(request), now()
    if dossier(code, by=by, at=at).mine:
        found = questions_on(code, by=by)
    else:
        found = questions_for_work(code, by=by, at=at, purpose=purpose_of(by))
    return QuestionsOut(items=[_out(each) for each in found])


@router.post(
    "/dossiers/{code}/questions", response={201: NumberOut, **PROBLEMS}, summary="Ask a question"
)
@decorate_view(once)
def ask(
    request: HttpRequest,
    code: str,
    body: TextIn,
    key: Key,  # noqa: ARG001
) -> Status[NumberOut]:
    """Ask the agency something about the caller's own dossier."""
    made = keep_question(code, body.text, by=actor_of(request), at=now())
    return Status(HTTPStatus.CREATED, NumberOut(id=made))


@router.post(
    "/dossiers/{code}/questions/{question}/answer",
    response={204: None, **PROBLEMS},
    summary="Answer a question",
)
@decorate_view(once)
def answer(
    request: HttpRequest,
    code: str,
    question: Number,
    body: TextIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Answer a question on a dossier of the caller's agency, signed with name and post."""
    keep_answer(code, question, body.text, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/dossiers/{code}/rating", response={204: None, **PROBLEMS}, summary="Rate a dossier")
@decorate_view(once)
def rate(
    request: HttpRequest,
    code: str,
    body: RatingIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Say how it went with a dossier that is finished; rating again replaces the first answer."""
    by, replies = actor_of(request), dict(body.answers)
    keep_rating(code, body.score, body.comment, replies, by=by, at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


def _out(x: QuestionSeen) -> QuestionOut:
    return QuestionOut(
        id=x.id,
        text=x.text,
        by=x.by_name,
        at=x.at,
        answer_by=x.answer_by,
        answer=x.answer,
        answered_by=x.answered_name,
        post=x.post,
        answered_at=x.answered_at,
    )
