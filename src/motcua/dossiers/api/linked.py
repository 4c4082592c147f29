"""Linked filings for machines and apps: file once, read how far each part is, withdraw."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import FilingIn, Key
from motcua.dossiers.operations.drafts import NotOnline
from motcua.dossiers.operations.filing import Filing
from motcua.dossiers.operations.linked import file_linked
from motcua.dossiers.queries.linked import LinkedSeen, PartSeen, linked_filing
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER
from motcua.packs.queries.packs import pack_for

router = Router(tags=["dossiers"])


class PartOut(Schema):
    """A part of a linked filing: planned, opened, dropped or stuck."""

    id: str
    name: str
    procedure: str
    state: str
    after: list[str]
    agency: str
    dossier: str | None
    dossier_state: str | None
    number: int | None
    due_at: datetime | None
    fee: int
    why: str


class LinkedOut(Schema):
    """A linked filing with its parts, in their order."""

    code: str
    procedure: str
    title: str
    filed_at: datetime
    parts: list[PartOut]


@router.post(
    "/linked-filings", response={201: LinkedOut, **PROBLEMS}, summary="File several dossiers once"
)
@decorate_view(once)
def file_as_one(
    request: HttpRequest, body: FilingIn, response: HttpResponse, key: Key
) -> Status[LinkedOut]:
    """File under a linked pack: a dossier for each part; the same key files it once."""
    at, by = now(), actor_of(request)
    definition = pack_for(body.procedure, on=localtime(at).date())
    if definition is None or not definition.parts:
        raise NotOnline(procedure=body.procedure)
    filing = Filing(
        pack=definition,
        answers=body.answers,
        papers=body.papers,
        source=f"api:{by.id}",
        reference=hashlib.sha256(key.encode()).hexdigest(),
    )
    filed = file_linked(filing, by=by, at=at)
    response["Location"] = f"/api/v1/linked-filings/{filed.code}"
    return Status(HTTPStatus.CREATED, _out(linked_filing(filed.code, by=by, at=at)))


@router.get(
    "/linked-filings/{filing}",
    response={200: LinkedOut, **PROBLEMS},
    summary="Read a linked filing",
)
def read_linked(request: HttpRequest, filing: str) -> LinkedOut:
    """Read one of the caller's own linked filings: where each part stands, and why."""
    return _out(linked_filing(filing, by=actor_of(request), at=now()))


def _out(seen: LinkedSeen) -> LinkedOut:
    language = get_language() or "vi"
    return LinkedOut(
        code=seen.code,
        procedure=seen.procedure,
        title=seen.title[language],
        filed_at=seen.filed_at,
        parts=[_part(part, language) for part in seen.parts],
    )


def _part(part: PartSeen, language: str) -> PartOut:
    known = part.dossier or part.elsewhere
    return PartOut(
        id=part.id,
        name=part.name[language],
        procedure=part.procedure,
        state=part.state,
        after=list(part.after),
        agency=part.agency,
        dossier=known.code if known else None,
        dossier_state=known.state if known else None,
        number=NATIONAL_NUMBER[known.state] if known else None,
        due_at=known.due_at if known else None,
        fee=known.fee if known else 0,
        why=part.why,
    )
