"""Who has a dossier in hand, for machines and apps: take it, give it on, lay it down."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once, version_seen
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Match, MovedOut, officials_of
from motcua.dossiers.api.further import AFTER, moved_out
from motcua.dossiers.operations.holding import assign, forward_to, release, take_in_hand
from motcua.dossiers.queries.loads import loads
from motcua.kernel.actors import Role

router = Router(tags=["dossiers"])
DONE = {204: None, **PROBLEMS}
Account = Annotated[str, Field(min_length=1, max_length=80)]


class ToIn(Schema):
    """Who is to have it; ``was``: taken from nobody but this account, empty for nobody."""

    to: Account
    was: str | None = Field(None, max_length=80)


class OnwardIn(Schema):
    """The account of the colleague it goes to; left out, to whoever in that post takes it."""

    to: str = Field("", max_length=80)


class ColleagueOut(Schema):
    """An official in a post: how many open dossiers they have in hand, and how many are late."""

    account: str
    name: str
    open: int
    late: int
    away_until: datetime | None
    deputy: str


class ColleaguesOut(Schema):
    """The officials in a post of the caller's agency, who has least in hand first."""

    items: list[ColleagueOut]


@router.get("/colleagues", response={200: ColleaguesOut, **PROBLEMS}, summary="Colleagues")
def colleagues(request: HttpRequest, role: Role = Role.SPECIALIST) -> ColleaguesOut:
    """List who holds a post in the caller's agency, and how much they have in hand."""
    found = loads(role, by=officials_of(request), at=now())
    return ColleaguesOut(
        items=[
            ColleagueOut(
                account=each.holder,
                name=each.name,
                open=each.open,
                late=each.late,
                away_until=each.away.until if each.away else None,
                deputy=each.away.deputy if each.away else "",
            )
            for each in found
        ]
    )


@router.post("/dossiers/{code}/hold", response=DONE, summary="Take in hand")
@decorate_view(once)
def hold(
    request: HttpRequest,
    code: str,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Note that the caller works on a dossier now; the last to take it holds it."""
    take_in_hand(code, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/dossiers/{code}/assign", response=DONE, summary="Give to a colleague")
@decorate_view(once)
def give(
    request: HttpRequest,
    code: str,
    body: ToIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Give a dossier to a colleague in the post that has it now; with ``was``, only from them."""
    assign(code, body.to, by=actor_of(request), at=now(), was=body.was)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/dossiers/{code}/release", response=DONE, summary="Lay down")
@decorate_view(once)
def lay_down(
    request: HttpRequest,
    code: str,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Lay a dossier down that the caller has in hand, for anybody in the post to take."""
    release(code, by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/dossiers/{code}/forward", response=AFTER, summary="Pass on to a colleague")
@decorate_view(once)
def forward(
    request: HttpRequest,
    code: str,
    body: OnwardIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Pass a dossier on for processing, into the hands of a colleague where one is named."""
    by, at, seen = actor_of(request), now(), version_seen(request)
    return moved_out(forward_to(code, body.to, by=by, at=at, seen=seen), response)
