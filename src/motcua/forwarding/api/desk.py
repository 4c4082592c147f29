"""What the desk took for other portals, for machines and apps: how it stands, answers, results."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Header, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import OfficialsOnly, actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.backbone.limits import limited
from motcua.forwarding.operations.at_desk import (
    SECONDS,
    TIMES,
    TRY,
    Shown,
    answer_at_desk,
    give_out,
)
from motcua.forwarding.queries.desk import PAGE, at_desk, taken_at_desk
from motcua.forwarding.queries.handed import HandedView
from motcua.forwarding.rules.answers import BillTold
from motcua.kernel.actors import Actor, Role

router = Router(tags=["dossiers"])
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Paper = Annotated[str, Field(max_length=80)]
Handing = Literal["waiting", "taken", "refused"]


class ForwardedLineOut(Schema):
    """A dossier that the desk took and another portal processes."""

    code: str
    title: str
    agency: str
    filed_at: datetime
    handing: Handing
    state: str


class ForwardedPage(Schema):
    """One page, newest first; ``next`` is the ``before`` of the page after, if there is one."""

    items: list[ForwardedLineOut]
    next: int | None


class ForwardedAskedOut(Schema):
    """What the agency asks for; ``answered``: an answer is on its way."""

    reason: str
    papers: list[str]
    fields: list[str]
    until: datetime | None
    answered: bool


class ForwardedBillOut(Schema):
    """A bill of the agency: ``left`` to pay in dong; ``transfer`` is all of it as a VietQR."""

    id: str
    total: int
    left: int
    state: str
    until: datetime
    transfer: str


class ForwardedResultOut(Schema):
    """A result that is kept here."""

    id: str
    name: str
    size: int
    sha256: str


class ForwardedGivenOut(Schema):
    """To whom the result was given at the desk; ``handing``: whether the agency knows."""

    to: str
    at: datetime
    handing: Handing


class ForwardedOut(Schema):
    """How one stands, as the agency told at ``told_at``; ``there`` is its code there."""

    code: str
    there: str
    procedure: str
    agency: str
    handing: Handing
    state: str
    due_at: datetime
    told_at: datetime | None
    asked: ForwardedAskedOut | None
    bills: list[ForwardedBillOut]
    results: list[ForwardedResultOut]
    given: ForwardedGivenOut | None


class ShownIn(Schema):
    """By what the clerk knows who stands there: the number on a paper, or a receipt's secret."""

    document: Literal["card", "vneid", "passport", "birth", "receipt"]
    proof: str = Field(max_length=400)


class ShownOrWrittenIn(Schema):
    """The same, or that they wrote: the tracking number of the letter."""

    document: Literal["card", "vneid", "passport", "birth", "receipt", "letter"]
    proof: str = Field(max_length=400)


class ForwardedAnswerIn(Schema):
    """What was asked for, from who stands there; the papers are files the clerk sent before."""

    shown: ShownOrWrittenIn
    papers: dict[Paper, list[str]] = {}
    answers: dict[str, Any] = {}
    note: str = Field("", max_length=2000)


@router.get(
    "/forwarded-filings",
    response={200: ForwardedPage, **PROBLEMS},
    summary="What the desk took for other portals",
)
def forwarded(
    request: HttpRequest, before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None
) -> ForwardedPage:
    """List what clerks of the caller's desk took for agencies of other portals."""
    found = taken_at_desk(by=_clerk(request), before=before)
    items = [
        ForwardedLineOut(
            code=each.code,
            title=each.title,
            agency=each.agency_name,
            filed_at=each.filed_at,
            handing=each.handing.value,
            state=each.state.value,
        )
        for each in found[:PAGE]
    ]
    return ForwardedPage(items=items, next=found[PAGE - 1].id if len(found) > PAGE else None)


@router.get(
    "/forwarded-filings/{code}",
    response={200: ForwardedOut, **PROBLEMS},
    summary="How one of them stands",
)
def read(request: HttpRequest, code: str) -> ForwardedOut:
    """Read how something stands that the caller's desk took; the look is written down."""
    return _out(code, by=_clerk(request))


@router.post(
    "/forwarded-filings/{code}/supplement",
    response={202: ForwardedOut, **PROBLEMS},
    summary="Answer at the desk",
)
@decorate_view(limited(TRY, times=TIMES, seconds=SECONDS, each="code"))
@decorate_view(once)
def answer(
    request: HttpRequest,
    code: str,
    body: ForwardedAnswerIn,
    key: Key,  # noqa: ARG001
) -> Status[ForwardedOut]:
    """Take what the agency asked for from who stands there; it is handed on."""
    by, at, shown = _clerk(request), now(), Shown(**body.shown.dict())
    answer_at_desk(code, shown, body.papers, body.note, by=by, at=at, answers=body.answers)
    return Status(HTTPStatus.ACCEPTED, _out(code, by=by))


@router.post(
    "/forwarded-filings/{code}/handover",
    response={202: ForwardedOut, **PROBLEMS},
    summary="Give the result out",
)
@decorate_view(limited(TRY, times=TIMES, seconds=SECONDS, each="code"))
@decorate_view(once)
def give(
    request: HttpRequest,
    code: str,
    body: ShownIn,
    key: Key,  # noqa: ARG001
) -> Status[ForwardedOut]:
    """Note that the result was given to who stands there; the agency is told."""
    by, at = _clerk(request), now()
    give_out(code, Shown(**body.dict()), by=by, at=at)
    return Status(HTTPStatus.ACCEPTED, _out(code, by=by))


def _clerk(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if by.agency is None or not by.serves(by.agency, Role.CLERK):
        raise OfficialsOnly
    return by


def _out(code: str, *, by: Actor) -> ForwardedOut:
    view = at_desk(code, by=by, at=now()).view
    return ForwardedOut(
        code=view.code,
        there=view.there,
        procedure=view.manifest.procedure,
        agency=view.agency_name,
        handing=view.handing.value,
        state=view.state.value,
        due_at=view.due_at,
        told_at=view.told_at,
        asked=_asked(view),
        bills=[_bill(each) for each in view.standing.bills] if view.standing else [],
        results=[
            ForwardedResultOut(id=x.id, name=x.name, size=x.size, sha256=x.sha256)
            for x in view.results
        ],
        given=_given(view),
    )


def _asked(view: HandedView) -> ForwardedAskedOut | None:
    if view.standing is None or view.standing.asked is None:
        return None
    asked = view.standing.asked
    return ForwardedAskedOut(
        reason=asked["reason"],
        papers=asked["papers"],
        fields=asked["fields"],
        until=view.standing.wait_until,
        answered=view.is_answered,
    )


def _bill(told: BillTold) -> ForwardedBillOut:
    return ForwardedBillOut(
        id=told.id,
        total=told.total,
        left=told.left,
        state=told.state,
        until=told.expires_at,
        transfer=told.account.code if told.account else "",
    )


def _given(view: HandedView) -> ForwardedGivenOut | None:
    if view.given is None:
        return None
    told = view.given.told
    return ForwardedGivenOut(to=told.to, at=told.at, handing=view.given.handing.value)
