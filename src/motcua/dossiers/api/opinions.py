"""Opinions asked of other agencies, for machines and apps: which are asked, awaited, given."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Schema

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.problems import PROBLEMS
from motcua.dossiers.api.further import router
from motcua.dossiers.queries.dossiers import dossier_while_open
from motcua.dossiers.queries.opinions import (
    OpinionSeen,
    opinions_asked,
    opinions_awaited,
    opinions_of,
)
from motcua.dossiers.rules.opinions import OpinionState, View
from motcua.dossiers.rules.purposes import purpose_of

__all__ = ["router"]
# Methods of one address have to stand on one router: asking and giving are on this one, too.


class Which(StrEnum):
    """Asked of the caller's agency and open, ended of those, or awaited by it from others."""

    ASKED = "asked"
    ENDED = "ended"
    AWAITED = "awaited"


class OpinionAskedOut(Schema):
    """An opinion as both agencies see it; ``files`` are the ids of those that came with it."""

    id: UUID
    dossier: str
    title: str
    agency: str
    agency_name: str
    asked_by: str
    question: str
    papers: list[str]
    fields: list[str]
    asked_at: datetime
    due_at: datetime
    late: bool
    state: OpinionState
    view: View | None
    text: str
    files: list[str]
    ended_at: datetime | None


class OpinionsOut(Schema):
    """Opinions, the most urgent first; those that ended, the latest first."""

    items: list[OpinionAskedOut]


@router.get("/opinions", response={200: OpinionsOut, **PROBLEMS}, summary="Opinions of my agency")
def listed(request: HttpRequest, which: Which = Which.ASKED) -> OpinionsOut:
    """List what other agencies ask the caller's, what has ended of it, or what it waits for."""
    by, at = actor_of(request), now()
    if which is Which.AWAITED:
        return _out(opinions_awaited(by=by, at=at))
    return _out(opinions_asked(by=by, at=at, ended=which is Which.ENDED))


@router.get(
    "/dossiers/{code}/opinions",
    response={200: OpinionsOut, **PROBLEMS},
    summary="Opinions on a dossier",
)
def of_dossier(request: HttpRequest, code: str) -> OpinionsOut:
    """List what was asked about a dossier of the caller's agency, in order."""
    by, at = actor_of(request), now()
    view = dossier_while_open(code, by=by, at=at, purpose=purpose_of(by))
    return _out(opinions_of(view.code, by=by, at=at))


def _out(found: tuple[OpinionSeen, ...]) -> OpinionsOut:
    return OpinionsOut(items=[_one(each) for each in found])


def _one(seen: OpinionSeen) -> OpinionAskedOut:
    return OpinionAskedOut(
        id=UUID(seen.id),
        dossier=seen.dossier,
        title=seen.title,
        agency=seen.agency,
        agency_name=seen.agency_name,
        asked_by=f"{seen.asked_by_name}, {seen.asking_name}",
        question=seen.question,
        papers=list(seen.papers),
        fields=list(seen.fields),
        asked_at=seen.asked_at,
        due_at=seen.due_at,
        late=seen.late,
        state=seen.state,
        view=seen.view,
        text=seen.text,
        files=[each.id for each in seen.files],
        ended_at=seen.ended_at,
    )
