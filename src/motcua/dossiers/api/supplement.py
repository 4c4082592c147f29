"""Answering a request for supplement, for machines and apps: whole, or with what is left out."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once, version_seen
from motcua.backbone.limits import limited
from motcua.dossiers.api.dossiers import Key, Match, MovedOut
from motcua.dossiers.api.further import AFTER, moved_out
from motcua.dossiers.operations.supplement import Supplied, supply
from motcua.dossiers.operations.supplement_at_desk import (
    SECONDS,
    TIMES,
    TRY,
    Shown,
    supply_at_desk,
)

router = Router(tags=["dossiers"])
Part = Annotated[str, Field(max_length=80)]
Files = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=100)]
Why = Annotated[str, Field(max_length=300)]
MOST = 100
"""How many papers or parts one answer names."""


class SupplementIn(Schema):
    """
    What was asked for: ``papers`` maps each to ids of files sent before; ``answers`` corrected.

    ``lacking`` maps each paper that is not sent, and each answer that stays as it was, to why.
    """

    papers: Annotated[dict[Part, Files], Field(max_length=MOST)] = {}
    answers: dict[str, Any] = {}
    lacking: Annotated[dict[Part, Why], Field(max_length=MOST)] = {}
    note: str = Field("", max_length=2000)


class SupplementShownIn(Schema):
    """By what the clerk knows whose it is: a number, a receipt's secret, a letter's number."""

    document: Literal["card", "vneid", "passport", "birth", "receipt", "letter"]
    proof: str = Field(max_length=400)


class SupplementAtDeskIn(SupplementIn):
    """The same, as it was brought to the counter; the papers are the clerk's own files."""

    shown: SupplementShownIn


@router.post("/dossiers/{code}/supplement", response=AFTER, summary="Send what was asked for")
@decorate_view(once)
def answer(
    request: HttpRequest,
    code: str,
    body: SupplementIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Hand in what the agency asked for, whole: of each part left out it has to be said why."""
    seen, by, at = version_seen(request), actor_of(request), now()
    sent = Supplied(body.papers, body.answers, body.note, body.lacking)
    return moved_out(supply(code, sent, by=by, at=at, seen=seen), response)


@router.post(
    "/dossiers/{code}/supplement/at-desk", response=AFTER, summary="Take what was asked for"
)
@decorate_view(limited(TRY, times=TIMES, seconds=SECONDS, each="code"))
@decorate_view(once)
def answer_at_desk(
    request: HttpRequest,
    code: str,
    body: SupplementAtDeskIn,
    response: HttpResponse,
    key: Key,  # noqa: ARG001
    match: Match,  # noqa: ARG001
) -> MovedOut:
    """Hand in what was asked for, as a clerk, for who stands at the counter or wrote."""
    seen, by, at = version_seen(request), actor_of(request), now()
    shown = Shown(body.shown.document, body.shown.proof)
    sent = Supplied(body.papers, body.answers, body.note, body.lacking)
    return moved_out(supply_at_desk(code, shown, sent, by=by, at=at, seen=seen), response)
