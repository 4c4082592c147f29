"""What officials note on a dossier, for machines and apps: papers checked, marks, notes."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Number, NumberOut
from motcua.dossiers.operations.remarks import (
    Finding,
    check_paper,
    mark_paper,
    remove_mark,
    write_note,
)
from motcua.dossiers.queries.dossiers import dossier_while_open
from motcua.dossiers.queries.noted import Marked, marks_asked_about, remarks_of
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.rules.remarks import WHOLE, Box, SeenAs, Verdict

router = Router(tags=["dossiers"])
Words = Annotated[str, Field(max_length=4000)]
Thousandths = Annotated[int, Field(ge=0, le=WHOLE)]


class CheckIn(Schema):
    """How a paper was found, what was held in hand, and what is wrong with it."""

    paper: str = Field(max_length=80)
    verdict: Verdict
    seen_as: SeenAs = SeenAs.FILE
    remark: Words = ""


class MarkIn(Schema):
    """Words on a place of a paper's file, in thousandths of its page; all 0: the whole page."""

    file: UUID
    words: Words
    page: int = Field(1, ge=1, le=999)
    left: Thousandths = 0
    top: Thousandths = 0
    width: Thousandths = 0
    height: Thousandths = 0


class NoteIn(Schema):
    """Words for colleagues; one whose full name follows an @ is told."""

    text: Words


class NotedOut(Schema):
    """A note's number, and who of those it names is ``gone``, or away with nobody to read it."""

    id: int
    gone: list[str]
    unread: list[str]


class CheckOut(Schema):
    """What an official found of a paper."""

    paper: str
    verdict: Verdict
    seen_as: SeenAs
    remark: str
    by: str
    at: datetime


class MarkOut(Schema):
    """Words on a place of a file; the box in thousandths of the page, all 0 for the whole page."""

    id: int
    paper: str
    file: UUID
    page: int
    left: int
    top: int
    width: int
    height: int
    words: str
    by: str
    at: datetime


class NoteOut(Schema):
    """A note among officials."""

    text: str
    by: str
    at: datetime


class RemarksOut(Schema):
    """What was noted on a dossier; ``hand_over`` is the list on which it waits to be confirmed."""

    checks: list[CheckOut]
    marks: list[MarkOut]
    notes: list[NoteOut]
    hand_over: int | None


@router.get(
    "/dossiers/{code}/remarks", response={200: RemarksOut, **PROBLEMS}, summary="Remarks on papers"
)
def read(request: HttpRequest, code: str) -> RemarksOut:
    """Read what officials noted; the applicant reads the marks on papers that are asked anew."""
    by = actor_of(request)
    if dossier_while_open(code, by=by, at=now(), purpose=purpose_of(by)).mine:
        marks = [_mark(each) for each in marks_asked_about(code, by=by)]
        return RemarksOut(checks=[], marks=marks, notes=[], hand_over=None)
    found = remarks_of(code, by=by)
    checks = [
        CheckOut(
            paper=each.paper,
            verdict=each.verdict,
            seen_as=each.seen_as,
            remark=each.remark,
            by=each.by_name,
            at=each.at,
        )
        for each in found.checks.values()
    ]
    notes = [NoteOut(text=each.text, by=each.by_name, at=each.at) for each in found.notes]
    marks = [_mark(each) for each in found.marks]
    return RemarksOut(checks=checks, marks=marks, notes=notes, hand_over=found.pending_list)


@router.post("/dossiers/{code}/checks", response={204: None, **PROBLEMS}, summary="Check a paper")
@decorate_view(once)
def check(
    request: HttpRequest,
    code: str,
    body: CheckIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Note how a paper was found; what was found before is replaced."""
    finding = Finding(body.verdict, body.seen_as, body.remark)
    check_paper(code, body.paper, finding, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/dossiers/{code}/marks", response={201: NumberOut, **PROBLEMS}, summary="Mark a paper"
)
@decorate_view(once)
def mark(
    request: HttpRequest,
    code: str,
    body: MarkIn,
    key: Key,  # noqa: ARG001
) -> Status[NumberOut]:
    """Put words on a place of a paper; the applicant sees them when the paper is asked anew."""
    box = Box.within(body.page, body.left, body.top, body.width, body.height)
    made = mark_paper(code, str(body.file), box, body.words, by=actor_of(request), at=now())
    return Status(HTTPStatus.CREATED, NumberOut(id=made))


@router.post(
    "/dossiers/{code}/marks/{mark}/remove",
    response={204: None, **PROBLEMS},
    summary="Take a mark away",
)
@decorate_view(once)
def unmark(
    request: HttpRequest,
    code: str,
    mark: Number,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Take a mark away again."""
    remove_mark(code, mark, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/dossiers/{code}/notes", response={201: NotedOut, **PROBLEMS}, summary="Write a note")
@decorate_view(once)
def note(
    request: HttpRequest,
    code: str,
    body: NoteIn,
    key: Key,  # noqa: ARG001
) -> Status[NotedOut]:
    """Write words on a dossier that only officials of its agency read."""
    made = write_note(code, body.text, by=actor_of(request), at=now())
    unread = [one.name for one in made.away if not one.deputy]
    noted = NotedOut(id=made.number, gone=list(made.gone), unread=unread)
    return Status(HTTPStatus.CREATED, noted)


def _mark(each: Marked) -> MarkOut:
    return MarkOut(
        id=each.id,
        paper=each.paper,
        file=UUID(each.file),
        page=each.page,
        left=each.left,
        top=each.top,
        width=each.width,
        height=each.height,
        words=each.words,
        by=each.by_name,
        at=each.at,
    )
