"""Procedures for machines and apps: search, read."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, now
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.http.problems import PROBLEMS
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.catalogue.queries.cpsv import Format, catalogue_as, mark_of
from motcua.catalogue.queries.hits import Cost, Hit, Level, Limit, Online, Unit
from motcua.catalogue.queries.procedures import Reading, Way, procedure
from motcua.catalogue.queries.search import MOST, Filters, search
from motcua.packs.queries.packs import Channel, pack_for

router = Router(tags=["procedures"])
NOT_FOUND = {404: PROBLEMS[404]}
NOT_VALID = {422: PROBLEMS[422]}


class LimitOut(Schema):
    """How long the agency may take. Absent where the catalogue gives no number with a unit."""

    amount: Decimal
    unit: Unit


class ProcedureLine(Schema):
    """A procedure in a list. ``fees`` are dong; ``cost`` says whether they are the whole story."""

    code: str
    title: str
    title_en: str
    summary: str
    field: str
    levels: list[Level]
    agency: str
    online: Online
    filed_here: bool
    limit: LimitOut | None
    cost: Cost
    fees: list[int]


class ProceduresOut(Schema):
    """A page of procedures; ``after`` leads to the next, and is null on the last."""

    procedures: list[ProcedureLine]
    after: str | None
    total: int | None = Field(description="Matches of a search by words; null for lists.")


class ChannelOut(Schema):
    """A way to file with its limit and price, beside the published words of both."""

    way: Way
    limit: LimitOut | None
    limit_text: str
    cost: Cost
    fees: list[int]
    fee_text: str
    note: str


class PaperOut(Schema):
    name: str
    originals: int | None
    copies: int | None
    form: str


class CaseOut(Schema):
    """The papers of one situation; the one without a name is everybody's."""

    name: str
    papers: list[PaperOut]


class NamedOut(Schema):
    name: str
    number: str


class ProcedureOut(Schema):
    """A procedure in full, as its current version says."""

    code: str
    version: int
    valid_from: datetime
    title: str
    title_en: str
    summary: str
    field: str
    kind: str
    decision: str
    levels: list[Level]
    applicants: list[str]
    agency: str
    address: str
    online: Online
    filed_here: bool
    channels: list[ChannelOut]
    cases: list[CaseOut]
    steps: list[str]
    conditions: str
    results: list[NamedOut]
    laws: list[NamedOut]
    url: str


class Asked(Schema):
    """What to list. Repeat a filter for several values; ``agency``: an id or part of a name."""

    q: Annotated[str, Field(max_length=200, description="Words as people type them")] = ""
    field: Annotated[list[str], Field(max_length=20)] = []
    level: Annotated[list[Level], Field(max_length=5)] = []
    online: Annotated[list[Online], Field(max_length=4)] = []
    agency: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20
    after: Annotated[str, Field(max_length=80)] = ""


@router.get("/procedures", response={200: ProceduresOut, **NOT_VALID}, auth=None)
@reads_may_lag
def list_procedures(request: HttpRequest, asked: Query[Asked]) -> ProceduresOut:  # noqa: ARG001
    """Search by words, the best first; without words, all procedures, the most used first."""
    found = search(
        asked.q,
        filters=Filters(
            fields=frozenset(asked.field),
            levels=frozenset(asked.level),
            online=frozenset(asked.online),
            agency=asked.agency.strip(),
        ),
        limit=asked.limit,
        after=asked.after,
        on=localdate(),
    )
    lines = [_line(hit) for hit in found.hits]
    return ProceduresOut(procedures=lines, after=found.after or None, total=found.total)


@router.get("/procedures/{code}", response={200: ProcedureOut, **NOT_FOUND}, auth=None)
@reads_may_lag
def read_procedure(request: HttpRequest, code: str) -> ProcedureOut:  # noqa: ARG001
    """Read one procedure."""
    found = procedure(code)
    pack = pack_for(code, on=localdate())
    here = pack is not None and Channel.ONLINE in pack.channels
    told = found.reading
    return ProcedureOut(
        **{name: getattr(told, name) for name in _AS_THEY_ARE},
        version=found.version,
        valid_from=found.valid_from,
        online=Online.FULL if here else told.online,
        filed_here=here,
        levels=list(told.levels),
        applicants=list(told.applicants),
        steps=list(told.steps),
        channels=_channels(told),
        cases=[CaseOut.from_orm(case) for case in told.cases],
        results=[NamedOut.from_orm(result) for result in told.results],
        laws=[NamedOut.from_orm(law) for law in told.laws],
    )


_RDF = {"schema": {"type": "string"}}
_TOO_OFTEN = {429: PROBLEMS[429]}


def _described(form: Format) -> dict[str, Any]:
    """Say that an answer is RDF, and that nothing is sent where nothing has changed."""
    told = {"description": "OK", "content": {form.media_type: _RDF}}
    return {"responses": {200: told, 304: {"description": "Not Modified"}}}


@router.get(
    "/catalogue.ttl",
    response=_TOO_OFTEN,
    auth=None,
    summary="The catalogue in Turtle",
    openapi_extra=_described(Format.TURTLE),
)
def catalogue_turtle(request: HttpRequest) -> HttpResponseBase:
    """Read the whole catalogue as CPSV-AP 3.2 in RDF Turtle."""
    return _catalogue(request, Format.TURTLE)


@router.get(
    "/catalogue.jsonld",
    response=_TOO_OFTEN,
    auth=None,
    summary="The catalogue in JSON-LD",
    openapi_extra=_described(Format.JSONLD),
)
def catalogue_jsonld(request: HttpRequest) -> HttpResponseBase:
    """Read the whole catalogue as CPSV-AP 3.2 in JSON-LD."""
    return _catalogue(request, Format.JSONLD)


def _catalogue(request: HttpRequest, form: Format) -> HttpResponseBase:
    """Send it as it is read; who has it already is told so without a second reading."""
    base, on = settings.BASE_URL, localdate()
    tag = f'W/"{mark_of(base=base, on=on)}-{form.ending}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if answer is None:
        check_rate("catalogue.export", address_of(request), times=20, seconds=3600, at=now())
        pieces = catalogue_as(form, base=base, on=on)
        answer = StreamingHttpResponse(pieces, content_type=f"{form.media_type}; charset=utf-8")
        answer["Content-Disposition"] = f'inline; filename="catalogue.{form.ending}"'
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=300"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


_AS_THEY_ARE = (
    "code title title_en summary field kind decision agency address conditions url".split()
)


def _limit(limit: Limit | None) -> LimitOut | None:
    return LimitOut(amount=limit.amount, unit=limit.unit) if limit else None


def _line(hit: Hit) -> ProcedureLine:
    return ProcedureLine(
        code=hit.code,
        title=hit.title,
        title_en=hit.title_en,
        summary=hit.summary,
        field=hit.field,
        levels=list(hit.levels),
        agency=hit.agency,
        online=hit.online,
        filed_here=hit.filed_here,
        limit=_limit(hit.limit),
        cost=hit.cost,
        fees=list(hit.fees),
    )


def _channels(told: Reading) -> list[ChannelOut]:
    return [
        ChannelOut(
            way=row.way,
            limit=_limit(row.limit),
            limit_text=row.limit_text,
            cost=row.cost,
            fees=list(row.fees),
            fee_text=row.fee_text,
            note=row.note,
        )
        for row in told.channels
    ]
