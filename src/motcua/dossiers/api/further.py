"""Steps that need more than a reason, for machines and apps: each at an address of its own."""

from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import AwareDatetime, Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import etag, once, version_seen
from motcua.backbone.http.problems import PROBLEMS
from motcua.backbone.limits import limited
from motcua.dossiers.api.dossiers import Key, Match, MovedOut
from motcua.dossiers.operations.claiming import claim
from motcua.dossiers.operations.moving import Moved
from motcua.dossiers.operations.opinions import View, ask_opinion, give_opinion, recall_opinion
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.returning import ReturnBy, ReturnedBy, hand_back
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER
from motcua.kernel.worktime import Limit, Unit

router = Router(tags=["dossiers"])
Reason = Annotated[str, Field(max_length=4000)]
Days = Annotated[Decimal, Field(gt=0, le=365, max_digits=5, decimal_places=1)]
Code = Annotated[str, Field(max_length=60)]
TRIES = 10
"""How often somebody may try the secret of a receipt in an hour."""


class AppointmentIn(Schema):
    """A later due time, within working hours, and why."""

    to: AwareDatetime
    reason: Reason


class TransferIn(Schema):
    """The electronic id of the agency that is competent, and why."""

    agency: str = Field(max_length=40)
    reason: Reason


class ReopeningIn(Schema):
    """Why, and how many working days from now; the dossier's own limit when left out."""

    reason: Reason
    working_days: Days | None = None


class ReturnIn(Schema):
    """How it is handed over: 0 on the spot, 1 by post, 2 online."""

    way: int = Field(ge=0, le=2)
    to_whom: str = Field("", max_length=300)
    document: str = Field("", max_length=300)
    carrier: str = Field("", max_length=300)
    tracking: str = Field("", max_length=300)
    address: str = Field("", max_length=300)


class OpinionIn(Schema):
    """What another agency is asked, and the papers and answers it may see."""

    agency: str = Field(max_length=40)
    question: Reason
    papers: list[str] = []
    fields: list[str] = []
    working_days: Days = Decimal(5)


class OpinionOut(Schema):
    """The id of a request for an opinion."""

    id: UUID


class AnswerIn(Schema):
    """The opinion of the agency asked."""

    view: View
    text: Reason
    files: list[str] = Field([], max_length=5)


class ClaimIn(Schema):
    """What stands on the receipt of a dossier filed at a counter."""

    code: Code
    secret: str = Field(max_length=40)


class ClaimedOut(Schema):
    """The code of the dossier that is the caller's now."""

    code: str


AFTER = {200: MovedOut, **PROBLEMS}


@router.post("/dossiers/{code}/appointments", response=AFTER, summary="Set a new date")
@decorate_view(once)
def appointment(
    request: HttpRequest,
    code: str,
    body: AppointmentIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Apologise and set a later due time; a second time only the leader, and it counts as late."""
    seen, by, at = version_seen(request), actor_of(request), now()
    moved = reappoint(code, body.to, reason=body.reason, by=by, at=at, seen=seen)
    return moved_out(moved, response)


@router.post("/dossiers/{code}/transfer", response=AFTER, summary="Pass to another agency")
@decorate_view(once)
def pass_on(
    request: HttpRequest,
    code: str,
    body: TransferIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Pass a dossier to the agency that is competent; the caller sees it no more."""
    seen, by, at = version_seen(request), actor_of(request), now()
    return moved_out(
        transfer(code, body.agency, reason=body.reason, by=by, at=at, seen=seen), response
    )


@router.post("/dossiers/{code}/reopening", response=AFTER, summary="Open again")
@decorate_view(once)
def open_again(
    request: HttpRequest,
    code: str,
    body: ReopeningIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Open a finished dossier again, as its leader; its clock begins anew."""
    seen, by, at = version_seen(request), actor_of(request), now()
    days = body.working_days
    limit = Limit(days, Unit.WORKING_DAYS) if days else None
    return moved_out(
        reopen(code, reason=body.reason, limit=limit, by=by, at=at, seen=seen), response
    )


@router.post("/dossiers/{code}/return", response=AFTER, summary="Hand over")
@decorate_view(once)
def hand_over(
    request: HttpRequest,
    code: str,
    body: ReturnIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Hand over the result, or the papers of a dossier that came to nothing."""
    seen, by, at = version_seen(request), actor_of(request), now()
    how = ReturnedBy(**body.dict() | {"way": ReturnBy(body.way)})
    return moved_out(hand_back(code, how, by=by, at=at, seen=seen), response)


@router.post(
    "/dossiers/{code}/opinions",
    response={201: OpinionOut, **PROBLEMS},
    summary="Ask for an opinion",
)
@decorate_view(once)
def ask(
    request: HttpRequest,
    code: str,
    body: OpinionIn,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> Status[OpinionOut]:
    """Ask another agency for its opinion; it sees what is named, and nothing else."""
    seen, by, at = version_seen(request), actor_of(request), now()
    limit = Limit(body.working_days, Unit.WORKING_DAYS)
    facts = (code, body.agency, body.question, body.papers, limit)
    opinion = ask_opinion(*facts, by=by, at=at, fields=body.fields, seen=seen)
    return Status(HTTPStatus.CREATED, OpinionOut(id=UUID(opinion)))


@router.post("/opinions/{opinion}", response={204: None, **PROBLEMS}, summary="Give an opinion")
@decorate_view(once)
def give(
    request: HttpRequest,
    opinion: UUID,
    body: AnswerIn,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Give the opinion that the caller's agency was asked for."""
    by, at = actor_of(request), now()
    give_opinion(str(opinion), body.text, body.view, body.files, by=by, at=at)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/opinions/{opinion}/recall", response={204: None, **PROBLEMS}, summary="Recall a request"
)
@decorate_view(once)
def recall(
    request: HttpRequest,
    opinion: UUID,
    key: Key,  # noqa: ARG001
) -> Status[None]:
    """Ask no longer for an opinion that the caller's agency asked for."""
    recall_opinion(str(opinion), by=actor_of(request), at=now())
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post("/claims", response={200: ClaimedOut, **PROBLEMS}, summary="Take over a dossier")
@decorate_view(limited("dossiers.claim", times=TRIES, seconds=3600))
@decorate_view(once)
def take_over(
    request: HttpRequest,
    body: ClaimIn,
    key: Key,  # noqa: ARG001
) -> ClaimedOut:
    """Make a dossier filed at a counter the caller's own, by the secret on its receipt."""
    return ClaimedOut(code=claim(body.code, body.secret, by=actor_of(request), at=now()))


def moved_out(moved: Moved, response: HttpResponse) -> MovedOut:
    """Return where a dossier stands now, its version as the answer's entity tag."""
    response["ETag"] = etag(moved.version)
    due: datetime = moved.due_at
    return MovedOut(
        code=moved.code,
        state=moved.state,
        number=NATIONAL_NUMBER[moved.state],
        due_at=due,
        version=moved.version,
    )
