"""Filing at the counter for machines and apps: the clerk's own program fills the form."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import AwareDatetime, Field

from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import etag, once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, officials_of
from motcua.dossiers.operations.counter_at_once import (
    AuthoritySeen,
    Filled,
    Finished,
    Present,
    Way,
    file_at_counter,
    file_linked_at_counter,
)
from motcua.dossiers.queries.counter import linked_counter_slip
from motcua.dossiers.queries.linked import UnknownLinkedFiling
from motcua.dossiers.rules.returning import ReturnBy
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind
from motcua.kernel.actors import Actor

router = Router(tags=["dossiers"])
Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=300)]
Paper = Annotated[str, Field(max_length=80)]
Accept = Annotated[bool, Field(description="Accept it at once, unless a fee is to come first.")]


class PresentIn(Schema):
    """Who stands there or wrote: number and name as on the card, and the paper that was checked."""

    number: str = Field(max_length=40)
    name: Name
    born: date | None = None
    phone: str = Field("", max_length=40)
    document: Literal["", "card", "vneid", "passport", "birth"] = ""


class WayIn(Schema):
    """At which office it came, over the counter or by post; then which letter, and when."""

    office: int = Field(ge=1, le=2**31 - 1)
    channel: Literal["counter", "post"] = "counter"
    tracking: str = Field("", max_length=80)
    arrived: AwareDatetime | None = None


class BehalfIn(Schema):
    """For whom somebody came, and by which papers they may: seen by the clerk."""

    kind: AuthorityKind
    number: str = Field(max_length=40)
    name: Name
    born: date | None = None
    until: date
    basis: Text


class FinishedIn(Schema):
    """How it was signed, in which form each paper came, how the result goes back."""

    signed: Literal["paper", "tablet"]
    strokes: str = Field("", max_length=20_000)
    forms: dict[Paper, Literal["original", "certified", "copy"]] = {}
    return_by: int = Field(0, ge=0, le=2)
    return_to: dict[Literal["name", "phone", "address"], Text] | None = None
    accept: Accept = False


class CounterIn(Schema):
    """A dossier for who stands at the counter; the papers are files the clerk sent before."""

    procedure: str = Field(max_length=40)
    present: PresentIn
    way: WayIn
    behalf: BehalfIn | None = None
    answers: dict[str, Any]
    papers: dict[Paper, list[str]] = {}
    finished: FinishedIn


class CounterOut(Schema):
    """What was filed; ``claim`` is the secret for the receipt of who has no account."""

    code: str
    due_at: datetime
    fee: int
    claim: str


class LinkedPartOut(Schema):
    """A part of it: its dossier, or after which parts it opens; ``fee`` in dong."""

    name: str
    after: list[str]
    dossier: str | None
    agency: str
    due_at: datetime | None
    fee: int


class LinkedCounterOut(Schema):
    """What was filed once; ``claim`` is the secret for the receipt of who has no account."""

    code: str
    claim: str
    parts: list[LinkedPartOut]


class OfficeOut(Schema):
    """An office of the caller's agency where dossiers are taken."""

    id: int
    name: str


class OfficesOut(Schema):
    """The offices of the caller's agency."""

    items: list[OfficeOut]


@router.get("/offices", response={200: OfficesOut, **PROBLEMS}, summary="My agency's offices")
def offices(request: HttpRequest) -> OfficesOut:
    """List the offices of the caller's agency, one of which a filing at the counter names."""
    by = officials_of(request)
    found = offices_of(by.agency or "")
    return OfficesOut(items=[OfficeOut(id=each.id, name=each.name) for each in found])


@router.post(
    "/counter-filings",
    response={201: CounterOut, **PROBLEMS},
    summary="File at the counter",
)
@decorate_view(once)
def file(
    request: HttpRequest,
    body: CounterIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
) -> Status[CounterOut]:
    """File for who stands at the counter or wrote, as a clerk who checked who they are."""
    by, behalf = actor_of(request), _behalf(body.behalf)
    filed = file_at_counter(body.procedure, *_told(body), behalf=behalf, by=by, at=now())
    response["Location"], response["ETag"] = f"/api/v1/dossiers/{filed.code}", etag(filed.version)
    out = CounterOut(code=filed.code, due_at=filed.due_at, fee=filed.fee, claim=filed.claim)
    return Status(HTTPStatus.CREATED, out)


@router.post(
    "/linked-counter-filings",
    response={201: LinkedCounterOut, **PROBLEMS},
    summary="File several dossiers once at the counter",
)
@decorate_view(once)
def file_linked(
    request: HttpRequest,
    body: CounterIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
) -> Status[LinkedCounterOut]:
    """File under a linked pack for who stands at the counter or wrote: a dossier for each part."""
    by, behalf = actor_of(request), _behalf(body.behalf)
    code = file_linked_at_counter(body.procedure, *_told(body), behalf=behalf, by=by, at=now())
    response["Location"] = f"/api/v1/linked-counter-filings/{code}"
    return Status(HTTPStatus.CREATED, _slip(code, by=by))


@router.get(
    "/linked-counter-filings/{filing}",
    response={200: LinkedCounterOut, **PROBLEMS},
    summary="Read what was filed at the counter",
)
def read_linked(request: HttpRequest, filing: str) -> LinkedCounterOut:
    """Read what the caller filed at the counter under a linked pack, for the receipt."""
    return _slip(filing, by=actor_of(request))


def _slip(code: str, *, by: Actor) -> LinkedCounterOut:
    found, language = linked_counter_slip(code, by=by), get_language() or "vi"
    if found is None:
        raise UnknownLinkedFiling
    parts = [
        LinkedPartOut(
            name=part.name[language],
            after=[each[language] for each in part.after],
            dossier=part.dossier or None,
            agency=part.agency,
            due_at=part.due_at,
            fee=part.fee,
        )
        for part in found.parts
    ]
    return LinkedCounterOut(code=code, claim=found.slip.claim, parts=parts)


def _told(body: CounterIn) -> tuple[Present, Way, Filled]:
    filled = Filled(body.answers, body.papers, _finished(body.finished))
    return Present(**body.present.dict()), Way(**body.way.dict()), filled


def _finished(said: FinishedIn) -> Finished:
    way = ReturnBy(said.return_by)
    to = {str(part): text for part, text in (said.return_to or {}).items()}
    return Finished(
        signed=said.signed,
        papers={paper: str(form) for paper, form in said.forms.items()},
        return_by=way,
        return_to=to if way is ReturnBy.BY_POST else None,
        accept=said.accept,
        strokes=said.strokes,
    )


def _behalf(said: BehalfIn | None) -> AuthoritySeen | None:
    if said is None:
        return None
    organisation = said.kind is AuthorityKind.REPRESENTATIVE
    kind = PartyKind.ORGANISATION if organisation else PartyKind.PERSON
    return AuthoritySeen(said.kind, kind, said.number, said.name, said.born, said.until, said.basis)
