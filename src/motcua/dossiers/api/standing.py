"""By what right a dossier was filed for another, for machines and apps of the agency."""

from datetime import date
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key
from motcua.dossiers.queries.behind import authority_behind
from motcua.dossiers.rules.purposes import purpose_of
from motcua.identity.operations.authorities import confirm_authority, revoke_authority
from motcua.identity.queries.authorities import AuthorityKind, Standing, authority

router = Router(tags=["dossiers"])


class RightOut(Schema):
    """By what right ``agent`` filed a dossier for ``principal``; no codes: in all procedures."""

    kind: AuthorityKind
    standing: Standing
    principal: str
    agent: str
    basis: str
    procedures: list[str]
    since: date
    until: date


class WhyEndIn(Schema):
    """Why it ends, in words both of them understand."""

    reason: str = Field(max_length=300)


@router.get(
    "/dossiers/{code}/authority",
    response={200: RightOut, **PROBLEMS},
    summary="By what right it was filed",
)
def read(request: HttpRequest, code: str) -> RightOut:
    """Read by what authority a dossier of the caller's agency was filed; the look is written."""
    by, at = actor_of(request), now()
    known = authority_behind(code, by=by, at=at)
    found = authority(known, by=by, at=at, purpose=purpose_of(by), reference=code)
    return RightOut(
        kind=found.kind,
        standing=found.standing,
        principal=found.principal_name,
        agent=found.agent_name,
        basis=found.basis,
        procedures=sorted(found.procedures),
        since=found.since,
        until=found.until,
    )


@router.post(
    "/dossiers/{code}/authority/confirm",
    response={204: None, **PROBLEMS},
    summary="Confirm the authority",
)
@decorate_view(once)
def confirm(
    request: HttpRequest,
    code: str,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Confirm that who filed it may act for the applicant: the official saw the paper."""
    by, at = actor_of(request), now()
    confirm_authority(authority_behind(code, by=by, at=at), by, at)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/dossiers/{code}/authority/end", response={204: None, **PROBLEMS}, summary="End the authority"
)
@decorate_view(once)
def end(
    request: HttpRequest,
    code: str,
    body: WhyEndIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """End the authority of who filed it, with the reason: its paper does not show it."""
    by, at = actor_of(request), now()
    revoke_authority(authority_behind(code, by=by, at=at), body.reason, by, at)
    return Status(HTTPStatus.NO_CONTENT, None)
