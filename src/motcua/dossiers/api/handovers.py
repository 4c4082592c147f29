"""Hand-over lists for machines and apps: make one, read it, confirm what is on it or refuse it."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Literal, cast

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Number, officials_of
from motcua.dossiers.api.left_out import LeftOutOut, MadeOut, left_out
from motcua.dossiers.operations.handovers import MOST, hand_over, settle_hand_over
from motcua.dossiers.queries.handovers import (
    HandOverLine,
    Listed,
    handover,
    handovers,
    to_hand_over,
)

router = Router(tags=["dossiers"])
Code = Annotated[str, Field(max_length=60)]
Codes = Annotated[list[Code], Field(max_length=MOST)]
Remark = Annotated[str, Field(max_length=500)]
ItemState = Literal["pending", "taken", "refused"]


class HandOverIn(Schema):
    """Dossiers to hand over, and the colleague's account; left out, to whoever takes them."""

    dossiers: Codes
    to: str = Field("", max_length=80)


class SettleIn(Schema):
    """The dossiers taken over, and those refused, each with the reason; the others wait on."""

    taken: Codes = []
    refused: Annotated[dict[Code, Remark], Field(max_length=MOST)] = {}


class HandOverOut(Schema):
    """A hand-over list of an agency; ``waiting`` of its ``dossiers`` are not settled yet."""

    id: int
    day: date
    number: int
    giver: str
    receiver: str
    given_at: datetime
    settled_at: datetime | None
    dossiers: int
    waiting: int


class ReadyOut(Schema):
    """A dossier the caller passed on that stands on no list yet."""

    dossier: str
    title: str
    holder: str


class HandOversOut(Schema):
    """The lists the caller gave or may confirm, newest first, and what can be put on a new one."""

    items: list[HandOverOut]
    ready: list[ReadyOut]


class ListedOut(Schema):
    """A dossier on a list; the remark says why it was refused."""

    dossier: str
    title: str
    applicant: str
    due_at: datetime
    state: ItemState
    remark: str
    by: str
    at: datetime | None


class HandOverWholeOut(Schema):
    """A list with its dossiers; ``mine_to_settle``: the caller confirms it."""

    about: HandOverOut
    items: list[ListedOut]
    mine_to_settle: bool
    left_out: list[LeftOutOut]


@router.get("/hand-overs", response={200: HandOversOut, **PROBLEMS}, summary="Hand-over lists")
def listed(request: HttpRequest) -> HandOversOut:
    """List the hand-overs the caller gave or may confirm, and what waits to be handed over."""
    by = officials_of(request)
    ready = [
        ReadyOut(dossier=each.code, title=each.title, holder=each.holder_name)
        for each in to_hand_over(by=by)
    ]
    return HandOversOut(items=[_line(each) for each in handovers(by=by)], ready=ready)


@router.post("/hand-overs", response={201: MadeOut, **PROBLEMS}, summary="Hand dossiers over")
@decorate_view(once)
def make(
    request: HttpRequest,
    body: HandOverIn,
    key: Key,  # noqa: ARG001
) -> Status[MadeOut]:
    """Make a list of dossiers that are being processed, for a colleague to confirm."""
    by = actor_of(request)
    made = hand_over(body.dossiers, body.to, by=by, at=now())
    left = left_out(handover(made, by=by).left_out)
    return Status(HTTPStatus.CREATED, MadeOut(id=made, left_out=left))


@router.get(
    "/hand-overs/{number}",
    response={200: HandOverWholeOut, **PROBLEMS},
    summary="Read a hand-over list",
)
def read(request: HttpRequest, number: Number) -> HandOverWholeOut:
    """Read a hand-over list of the caller's agency, with how each dossier fared."""
    seen = handover(number, by=officials_of(request))
    items = [_listed(each) for each in seen.items]
    return HandOverWholeOut(
        about=_line(seen.line),
        items=items,
        mine_to_settle=seen.mine_to_settle,
        left_out=left_out(seen.left_out),
    )


@router.post(
    "/hand-overs/{number}",
    response={204: None, **PROBLEMS},
    summary="Confirm a hand-over list",
)
@decorate_view(once)
def settle(
    request: HttpRequest,
    number: Number,
    body: SettleIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Confirm dossiers of a list, or refuse them, each with the reason."""
    settle_hand_over(number, body.taken, body.refused, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


def _line(x: HandOverLine) -> HandOverOut:
    return HandOverOut(
        id=x.id,
        day=x.day,
        number=x.number,
        giver=x.giver_name,
        receiver=x.receiver_name,
        given_at=x.given_at,
        settled_at=x.settled_at,
        dossiers=x.dossiers,
        waiting=x.pending,
    )


def _listed(x: Listed) -> ListedOut:
    return ListedOut(
        dossier=x.code,
        title=x.title,
        applicant=x.applicant_name,
        due_at=x.due_at,
        state=cast(ItemState, x.state),
        remark=x.remark,
        by=x.by_name,
        at=x.at,
    )
