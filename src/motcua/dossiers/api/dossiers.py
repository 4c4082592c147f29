"""Dossiers for machines and apps: file, read, take a step."""

import hashlib
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from ninja import Header, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import OfficialsOnly, actor_of
from motcua.backbone.http.answers import json_answer
from motcua.backbone.http.once import etag, once, version_seen
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.operations.drafts import NotOnline
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import DossierView, answers_for_taking, dossier_for_work
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER, Step
from motcua.dossiers.rules.purposes import purpose_of
from motcua.forms.queries.exports import answers_as_json
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Channel, pack, pack_for

router = Router(tags=["dossiers"])
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Match = Annotated[str, Header(alias="If-Match", pattern=r'^"\d{1,9}"$')]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class FilingIn(Schema):
    """A dossier to file. ``papers`` maps each paper's id to the ids of files sent before."""

    procedure: str = Field(max_length=40)
    answers: dict[str, Any]
    papers: dict[str, list[str]] = {}


class FiledOut(Schema):
    """What was filed: its code, when the answer is due, what is to pay in dong."""

    code: str
    due_at: datetime
    fee: int


class NumberOut(Schema):
    """The number of what was made."""

    id: int


class StepIn(Schema):
    """A step to take, and why."""

    step: Step
    reason: str = Field("", max_length=4000)
    papers: list[str] = []
    fields: list[str] = []


class StepOut(Schema):
    step: str
    state: str
    by: str
    reason: str
    at: datetime


class MovedOut(Schema):
    """Where a dossier stands after a step."""

    code: str
    state: str
    number: int
    due_at: datetime
    version: int


class DossierOut(Schema):
    """One dossier, whole; ``holder`` has it in hand, told to officials who may see it."""

    code: str
    agency: str
    procedure: str
    title: str
    state: str
    number: int
    due: str
    due_at: datetime
    filed_at: datetime
    fee: int
    paid_at: datetime | None
    answers: dict[str, Any]
    papers: dict[str, list[str]]
    asked: dict[str, Any] | None
    result: str | None
    holder: str
    version: int
    may: list[str]
    history: list[StepOut]


class AnsweredFormOut(Schema):
    """The form that answers were given to; ``version`` is its service pack's."""

    version: str
    title: dict[str, str]


class AnswersOut(Schema):
    """Answers as a document; they fit the JSON Schema of that version of the form."""

    form: AnsweredFormOut
    on: date
    answers: dict[str, Any]


@router.post("/dossiers", response={201: FiledOut, **PROBLEMS}, summary="File a dossier")
@decorate_view(once)
def file(request: HttpRequest, body: FilingIn, key: Key) -> HttpResponse:
    """File a dossier under the procedure's pack in force; the same key files it once."""
    at, by = now(), actor_of(request)
    definition = pack_for(body.procedure, on=localtime(at).date())
    if definition is None or Channel.ONLINE not in definition.channels:
        raise NotOnline(procedure=body.procedure)
    filing = Filing(
        pack=definition,
        answers=body.answers,
        papers=body.papers,
        source=f"api:{by.id}",
        reference=hashlib.sha256(key.encode()).hexdigest(),
    )
    filed = file_dossier(filing, by=by, at=at)
    return json_answer(
        {"code": filed.code, "due_at": filed.due_at, "fee": filed.fee},
        status=HTTPStatus.CREATED,
        Location=f"/api/v1/dossiers/{filed.code}",
        ETag=etag(filed.version),
    )


@router.get("/dossiers/{code}", response={200: DossierOut, **PROBLEMS}, summary="Read a dossier")
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Read one dossier the caller may see; the ETag is the version to send in If-Match."""
    by = actor_of(request)
    view = dossier_for_work(code, by=by, at=now(), purpose=purpose_of(by))
    return json_answer(_out(view), ETag=etag(view.version))


@router.get(
    "/dossiers/{code}/answers",
    response={200: AnswersOut, **PROBLEMS},
    summary="Take the answers away",
)
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Give the answers of one dossier as a document that names the version of its form."""
    by = actor_of(request)
    view = answers_for_taking(code, by=by, at=now(), purpose=purpose_of(by))
    document = answers_as_json(
        pack(view.pack).form,
        view.answers,
        version=view.pack,
        on=localtime(view.filed_at).date(),
        accepted=True,
    )
    return HttpResponse(document, content_type="application/json")


@router.post("/dossiers/{code}/steps", response={200: MovedOut, **PROBLEMS}, summary="Take a step")
@decorate_view(once)
def step(
    request: HttpRequest,
    code: str,
    body: StepIn,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> HttpResponse:
    """Take one step of the version named in If-Match."""
    at, by = now(), actor_of(request)
    details = {"papers": body.papers, "fields": body.fields} if body.papers or body.fields else None
    seen = version_seen(request)
    moved = take_step(code, body.step, by=by, at=at, reason=body.reason, details=details, seen=seen)
    return json_answer(
        {
            "code": moved.code,
            "state": moved.state,
            "number": NATIONAL_NUMBER[moved.state],
            "due_at": moved.due_at,
            "version": moved.version,
        },
        ETag=etag(moved.version),
    )


def officials_of(request: HttpRequest, *roles: Role) -> Actor:
    """
    Return the caller as an official, in one of ``roles`` where given.

    :raises OfficialsOnly: if they are none
    """
    by = actor_of(request)
    if by.agency is None or not by.serves(by.agency, *roles):
        raise OfficialsOnly
    return by


_WHOLE = (
    "code agency procedure title state due due_at filed_at fee paid_at answers papers asked result "
    "version"
).split()


def _out(x: DossierView) -> dict[str, Any]:
    """Return a ``DossierOut``."""
    history = [
        {"step": s.step, "state": s.state, "by": s.by_name, "reason": s.reason, "at": s.at}
        for s in x.history
    ]
    return {name: getattr(x, name) for name in _WHOLE} | {
        "holder": "" if x.mine else x.holder,
        "number": NATIONAL_NUMBER[x.state],
        "may": sorted(x.may),
        "history": history,
    }
