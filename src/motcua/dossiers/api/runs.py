"""One thing done to many dossiers, for machines and apps: begin a run, see how it fares."""

from http import HTTPStatus
from typing import Annotated, Literal, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.dossiers import Key, Number, NumberOut, officials_of
from motcua.dossiers.api.left_out import LeftOutOut, MadeOut, left_out
from motcua.dossiers.operations.bulk import Asked, begin_bulk, retry_bulk, undo_bulk
from motcua.dossiers.queries.bulk import Run, left_out_of_run, run_named, runs
from motcua.dossiers.rules.bulk import MOST, What
from motcua.kernel.actors import Actor

router = Router(tags=["dossiers"])
Code = Annotated[str, Field(max_length=60)]
Account = Annotated[str, Field(max_length=80)]
ItemState = Literal["waiting", "done", "refused"]


class RunIn(Schema):
    """What to do with which dossiers; ``holders`` names who is to have each, by their account."""

    what: What
    dossiers: Annotated[list[Code], Field(max_length=MOST)]
    holders: Annotated[dict[Code, Account], Field(max_length=MOST)] = {}


class RunsOut(Schema):
    """The runs the caller began last, newest first."""

    items: list[Run]


class OutcomeOut(Schema):
    """How a dossier of a run fared, and why it was refused."""

    dossier: str
    title: str
    applicant: str
    state: ItemState
    why: str


class RunWholeOut(Schema):
    """A run with its dossiers: those refused first, then those that wait, then the done."""

    run: Run
    items: list[OutcomeOut]
    left_out: list[LeftOutOut]


class AgainOut(Schema):
    """How many dossiers are tried once more."""

    dossiers: int


@router.get("/runs", response={200: RunsOut, **PROBLEMS}, summary="My runs")
def listed(request: HttpRequest) -> RunsOut:
    """List the runs over many dossiers that the caller began."""
    return RunsOut(items=list(runs(by=officials_of(request))))


@router.post("/runs", response={201: MadeOut, **PROBLEMS}, summary="Do one thing to many")
@decorate_view(once)
def begin(request: HttpRequest, body: RunIn, key: Key) -> Status[MadeOut]:
    """Begin a run over many dossiers: each is done for itself, as far as the caller may."""
    by = officials_of(request)
    asked = Asked(body.what, body.dossiers, body.holders)
    run = begin_bulk(asked, _key(key, by), by=by, at=now())
    left = left_out(left_out_of_run(run, by=by))
    return Status(HTTPStatus.CREATED, MadeOut(id=run, left_out=left))


@router.get("/runs/{run}", response={200: RunWholeOut, **PROBLEMS}, summary="Read a run")
def read(request: HttpRequest, run: Number) -> RunWholeOut:
    """Read how each dossier of one of the caller's runs fared."""
    seen = run_named(run, by=officials_of(request))
    items = [
        OutcomeOut(
            dossier=each.code,
            title=each.title,
            applicant=each.applicant_name,
            state=cast(ItemState, each.state),
            why=each.why,
        )
        for each in seen.outcomes
    ]
    return RunWholeOut(run=seen.run, items=items, left_out=left_out(seen.left_out))


@router.post("/runs/{run}/retry", response={200: AgainOut, **PROBLEMS}, summary="Try again")
@decorate_view(once)
def retry(
    request: HttpRequest,
    run: Number,
    key: Key,  # noqa: ARG001
) -> AgainOut:
    """Try once more what was refused in a run of the caller's."""
    return AgainOut(dossiers=retry_bulk(run, by=actor_of(request)))


@router.post("/runs/{run}/undo", response={201: NumberOut, **PROBLEMS}, summary="Take a run back")
@decorate_view(once)
def undo(request: HttpRequest, run: Number, key: Key) -> Status[NumberOut]:
    """Give the dossiers of a run back to who had them, as a run of its own."""
    by = actor_of(request)
    return Status(HTTPStatus.CREATED, NumberOut(id=undo_bulk(run, _key(key, by), by=by, at=now())))


def _key(key: str, by: Actor) -> UUID:
    """Return the key of a run, the same for the same request of the same caller."""
    return uuid5(NAMESPACE_URL, f"{by.id} {key}")
