"""Filing in steps, for machines and apps: fill in, agree, see what registries prove, file."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.answers import json_answer
from motcua.backbone.http.once import etag, once, version_seen
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Match
from motcua.dossiers.operations.agreeing import agree, disagree
from motcua.dossiers.operations.filing import ReturnBy, Wishes
from motcua.dossiers.operations.programs import ask_for_papers, begin_with, change, hand_in
from motcua.dossiers.queries.drafts import DraftView, UnknownDraft, draft
from motcua.dossiers.queries.filing import PaperHeld, papers_held
from motcua.dossiers.queries.known import facts_wanted, proofs_with, standing_now, whom_of
from motcua.dossiers.queries.statements import statement_of
from motcua.dossiers.rules.returning import ADDRESS, LONGEST
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack
from motcua.registries.queries.consents import ConsentHeld, consent_for

router = Router(tags=["dossiers"])
Part = Annotated[str, Field(max_length=LONGEST)]


class DraftIn(Schema):
    """What to begin with; ``papers`` maps each paper's id to the ids of files sent before."""

    procedure: str = Field(max_length=40)
    answers: dict[str, Any] = {}
    papers: dict[str, list[str]] = {}


class ChangeIn(Schema):
    """Answers to keep beside the others; for each paper named, the files it is to have."""

    answers: dict[str, Any] = {}
    papers: dict[str, list[str]] = {}


class ProofOut(Schema):
    """What a register shows instead of a paper: of which day, since when it holds, its number."""

    registry: str
    member: str
    fact: str
    as_of: date
    since: date
    number: str


class DraftPaperOut(Schema):
    """A paper of this case; ``in_vain``: ``unknown`` to the register, ``silent``, ``disputed``."""

    id: str
    name: str
    required: bool
    files: list[str]
    proofs: list[ProofOut]
    in_vain: str


class ConsentOut(Schema):
    """That the person lets registers be asked for this filing: which, and since when."""

    registers: list[str]
    given_at: datetime


class DraftOut(Schema):
    """A draft; ``may_agree``: registers could be asked; ``filed_as``: the code it was filed as."""

    id: UUID
    procedure: str
    version: str
    answers: dict[str, Any]
    papers: list[DraftPaperOut]
    may_agree: bool
    consent: ConsentOut | None
    filed_as: str


class StatementLineOut(Schema):
    """A heading of the statement and what it says."""

    heading: str
    text: str


class StatementOut(Schema):
    """What a person agrees to, word for word; ``digest`` names the words that were shown."""

    wording: str
    digest: str
    registers: dict[str, list[str]]
    lines: list[StatementLineOut]


class AgreedIn(Schema):
    """The digest of the statement that the person was shown and agreed to."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")


class WishesIn(Schema):
    """How the result comes: 0 on the spot, 1 by post to ``name, phone, address``, 2 online."""

    return_by: int = Field(2, ge=0, le=2)
    return_to: dict[str, Part] | None = Field(None, max_length=3)


class DraftFiledOut(Schema):
    """The code of what was filed; of a linked filing, also of each dossier opened, by part."""

    code: str
    dossiers: dict[str, str]


@router.post("/drafts", response={201: DraftOut, **PROBLEMS}, summary="Begin a draft")
@decorate_view(once)
def begin(request: HttpRequest, body: DraftIn, key: Key) -> HttpResponse:  # noqa: ARG001
    """Begin a filing under the pack in force; answers that are not right are refused."""
    at, by = now(), actor_of(request)
    made = begin_with(body.procedure, body.answers, body.papers, by=by, at=at)
    where = {"Location": f"/api/v1/drafts/{made}"}
    return _answer(made, by=by, at=at, status=HTTPStatus.CREATED, **where)


@router.get("/drafts/{uuid:draft_id}", response={200: DraftOut, **PROBLEMS}, summary="Read a draft")
def read_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Read one of the caller's drafts: what is sent, what registers prove, what is missing."""
    return _answer(draft_id, by=actor_of(request), at=now())


@router.patch(
    "/drafts/{uuid:draft_id}", response={200: DraftOut, **PROBLEMS}, summary="Change a draft"
)
def change_draft(
    request: HttpRequest,
    draft_id: UUID,
    body: ChangeIn,
    match: Match,  # noqa: ARG001
) -> HttpResponse:
    """Add answers and files to the version named in If-Match; the pack in force then holds."""
    at, by = now(), actor_of(request)
    _mine(draft_id, by=by)
    seen = version_seen(request)
    change(draft_id, body.answers, body.papers, by=by, at=at, seen_version=seen)
    return _answer(draft_id, by=by, at=at)


@router.get(
    "/drafts/{uuid:draft_id}/statement",
    response={200: StatementOut, **PROBLEMS},
    summary="What the person would agree to",
)
def statement(request: HttpRequest, draft_id: UUID) -> StatementOut:
    """Tell what registers would be asked and why, to be shown to the person word for word."""
    found = _mine(draft_id, by=actor_of(request))
    told = statement_of(pack(found.pack), get_language() or "vi")
    return StatementOut(
        wording=told.wording,
        digest=told.digest,
        registers={register: list(facts) for register, facts in told.registers.items()},
        lines=[StatementLineOut(heading=heading, text=text) for heading, text in told.lines],
    )


@router.put(
    "/drafts/{uuid:draft_id}/consent", response={200: DraftOut, **PROBLEMS}, summary="Agree"
)
def consent(request: HttpRequest, draft_id: UUID, body: AgreedIn) -> HttpResponse:
    """Note that the person was shown the statement and lets registers be asked for this filing."""
    at, by = now(), actor_of(request)
    _mine(draft_id, by=by)
    agree(draft_id, get_language() or "vi", shown=body.digest, by=by, at=at)
    return _answer(draft_id, by=by, at=at)


@router.delete(
    "/drafts/{uuid:draft_id}/consent",
    response={200: DraftOut, **PROBLEMS},
    summary="Take the consent back",
)
def take_back(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Let no register be asked any more, and forget what stood for papers."""
    at, by = now(), actor_of(request)
    _mine(draft_id, by=by)
    disagree(draft_id, by=by, at=at)
    return _answer(draft_id, by=by, at=at)


@router.post(
    "/drafts/{uuid:draft_id}/proofs",
    response={200: DraftOut, **PROBLEMS},
    summary="Ask registers for the papers",
)
def proofs(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask for the papers nobody sent, within two seconds; without consent nobody is asked."""
    at, by = now(), actor_of(request)
    _mine(draft_id, by=by)
    ask_for_papers(draft_id, by=by, at=at)
    return _answer(draft_id, by=by, at=at)


@router.post(
    "/drafts/{uuid:draft_id}/filing",
    response={201: DraftFiledOut, **PROBLEMS},
    summary="File a draft",
)
def file_it(request: HttpRequest, draft_id: UUID, body: WishesIn) -> Status[DraftFiledOut]:
    """File a draft with what registers prove; filed again, it is the same dossier."""
    at, by = now(), actor_of(request)
    _mine(draft_id, by=by)
    given = body.return_to
    to = None if given is None else {part: given.get(part, "") for part in ADDRESS}
    wishes = Wishes(return_by=ReturnBy(body.return_by), return_to=to)
    filed = hand_in(draft_id, wishes, by=by, at=at)
    out = DraftFiledOut(code=filed.code, dossiers=dict(filed.dossiers))
    return Status(HTTPStatus.CREATED, out)


def _mine(draft_id: UUID, *, by: Actor) -> DraftView:
    """Return a draft of the caller's own; one that a clerk fills in is none of theirs here."""
    found = draft(draft_id, by=by)
    if found.counter is not None:
        raise UnknownDraft
    return found


def _answer(
    draft_id: UUID, *, by: Actor, at: datetime, status: int = HTTPStatus.OK, **headers: str
) -> HttpResponse:
    view = _mine(draft_id, by=by)
    out = _out(view, by=by, at=at).model_dump()
    return json_answer(out, status=status, ETag=etag(view.version), **headers)


def _out(view: DraftView, *, by: Actor, at: datetime) -> DraftOut:
    definition, held = pack(view.pack), consent_for(view.filed_as or str(view.id))
    proofs = (
        proofs_with(view.filed_as, definition)
        if view.filed_as
        else standing_now(view, definition, by=by, at=at)
    )
    facts = (definition, view.answers, view.papers)
    vain = held.in_vain if held else {}
    return DraftOut(
        id=view.id,
        procedure=view.procedure,
        version=view.pack,
        answers=dict(view.answers),
        papers=[_paper(x, vain) for x in papers_held(*facts, by=by, at=at, proofs=proofs)],
        may_agree=bool(facts_wanted(definition)) and whom_of(view, by=by, at=at) is not None,
        consent=_consent(held),
        filed_as=view.filed_as,
    )


def _consent(held: ConsentHeld | None) -> ConsentOut | None:
    if held is None:
        return None
    return ConsentOut(registers=list(held.registers), given_at=held.given_at)


def _paper(held: PaperHeld, in_vain: Any) -> DraftPaperOut:
    paper = held.asked.paper
    return DraftPaperOut(
        id=paper.id,
        name=paper.name[get_language() or "vi"],
        required=held.asked.required,
        files=[file.id for file in held.files],
        proofs=[
            ProofOut(
                registry=each.register,
                member=each.member,
                fact=each.fact,
                as_of=each.as_of,
                since=each.since,
                number=each.shown.number,
            )
            for each in held.proofs
        ],
        in_vain="" if held.files or held.proofs else in_vain.get(paper.id, ""),
    )
