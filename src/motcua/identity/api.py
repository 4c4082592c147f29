"""Who acts for whom, for machines and apps: list, give, accept or confirm, end."""

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Header, Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.backbone.limits import limited
from motcua.identity.operations.authorities import confirm_authority, revoke_authority
from motcua.identity.operations.giving_power import Given, give_power
from motcua.identity.queries.authorities import (
    Authority,
    AuthorityKind,
    Standing,
    authorities_of_mine,
)
from motcua.kernel.actors import Actor

router = Router(tags=["authorities"])
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]

TRIES = 10
"""How often somebody may try whether a number and a name belong together in an hour."""


class AuthorityOut(Schema):
    """That ``agent`` may act for ``principal`` until the end of a day; no codes: in all."""

    id: UUID
    kind: AuthorityKind
    standing: Standing
    principal: str
    agent: str
    mine: bool = Field(description="The caller is the one who acts.")
    basis: str
    procedures: list[str]
    since: date
    until: date


class AuthoritiesOut(Schema):
    """The caller's authorities, ended ones too, newest first."""

    items: list[AuthorityOut]


class PowerIn(Schema):
    """To whom a power is given, what for, to which day, in which procedures; none: in all."""

    number: str = Field(max_length=40)
    name: str = Field(max_length=200)
    purpose: str = Field(max_length=500)
    until: date
    procedures: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=200)


class PowerOut(Schema):
    """The id of the authority; it can be used once it is accepted."""

    id: UUID


class EndIn(Schema):
    """Why it ends; an official has to say it."""

    reason: str = Field("", max_length=300)


@router.get("/authorities", response={200: AuthoritiesOut, **PROBLEMS}, summary="Who acts for whom")
def listed(request: HttpRequest) -> AuthoritiesOut:
    """List for whom the caller acts and who acts for them."""
    by = _oneself(request)
    return AuthoritiesOut(items=[_out(x, by) for x in authorities_of_mine(by=by, at=now())])


@router.post("/authorities", response={201: PowerOut, **PROBLEMS}, summary="Give a power")
@decorate_view(limited("power", times=TRIES, seconds=3600))
@decorate_view(once)
def give(
    request: HttpRequest,
    body: PowerIn,
    key: Key,  # noqa: ARG001
) -> Status[PowerOut]:
    """Offer somebody with an account to act for the caller."""
    by, at = _oneself(request), now()
    power = Given(body.number, body.name, body.purpose, body.until, frozenset(body.procedures))
    return Status(HTTPStatus.CREATED, PowerOut(id=UUID(give_power(power, by=by, at=at))))


@router.post(
    "/authorities/{authority}/confirm",
    response={204: None, **PROBLEMS},
    summary="Accept or confirm a power",
)
@decorate_view(once)
def confirm(
    request: HttpRequest,
    authority: UUID,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Accept what was offered, or say that what was declared is right."""
    confirm_authority(str(authority), _oneself(request), now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/authorities/{authority}/end", response={204: None, **PROBLEMS}, summary="End a power"
)
@decorate_view(once)
def end(
    request: HttpRequest,
    authority: UUID,
    body: EndIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """End it at once, by either of the two; dossiers already filed go on."""
    revoke_authority(str(authority), body.reason, _oneself(request), now())
    return Status(HTTPStatus.NO_CONTENT, None)


def _oneself(request: HttpRequest) -> Actor:
    """Return the caller as the person they are; officials check papers where the dossier is."""
    by = actor_of(request)
    return Actor(by.id, by.name)


def _out(one: Authority, by: Actor) -> AuthorityOut:
    return AuthorityOut(
        id=UUID(one.id),
        kind=one.kind,
        standing=one.standing,
        principal=one.principal_name,
        agent=one.agent_name,
        mine=one.agent == by.id,
        basis=one.basis,
        procedures=sorted(one.procedures),
        since=one.since,
        until=one.until,
    )
