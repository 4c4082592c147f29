"""Answering a request for supplement, for machines and apps: whole, or with what is left out."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.once import once, version_seen
from motcua.dossiers.api.dossiers import Key, Match, MovedOut
from motcua.dossiers.api.further import AFTER, moved_out
from motcua.dossiers.operations.supplement import Supplied, supply

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
