"""Questions about the actor's own drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.backbone.built import Built
from motcua.dossiers.models import Draft
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_


class UnknownDraft(NotFound):
    code = "dossiers.unknown-draft"
    message = N_("We could not find this draft. It may have been filed or removed: see your list.")


@dataclass(frozen=True, slots=True)
class DraftView:
    """
    A draft as it stands; ``filed_as`` is the dossier's code once it was filed.

    ``authority`` lets its owner file it in the name of ``for_name``; both empty for oneself.
    """

    id: UUID
    procedure: str
    pack: str
    answers: Mapping[str, Any]
    papers: Mapping[str, list[str]]
    carried_from: str
    filed_as: str
    version: int
    updated_at: datetime
    for_name: str
    authority: UUID | None
    counter: Mapping[str, Any] | None = None


def draft(draft_id: UUID, *, by: Actor) -> DraftView:
    """
    Return one of the actor's drafts.

    :raises UnknownDraft: if there is none
    """
    found = Draft.objects.visible_to(by).filter(pk=draft_id).first()
    if found is None:
        raise UnknownDraft
    return _view(found)


def my_drafts(*, by: Actor, limit: int = 20) -> list[DraftView]:
    """Return the actor's drafts that were not filed yet, the latest first."""
    return [_view(found) for found in _mine.rows(by.id, limit=limit)] if by.id else []


@Built
def _mine(me: str, *, limit: int) -> QuerySet[Any, Any]:
    mine = Draft.objects.visible_to(Actor(me)).filter(filed_as="", counter__isnull=True)
    return mine.order_by("-updated_at").values_list(*COLUMNS)[:limit]


def counter_drafts(*, by: Actor, limit: int = 20) -> list[DraftView]:
    """Return what the actor has begun for others at the counter and not filed, the latest first."""
    mine = Draft.objects.visible_to(by).filter(filed_as="", counter__isnull=False)
    return [_view(found) for found in mine.order_by("-updated_at")[:limit]]


COLUMNS = tuple(DraftView.__dataclass_fields__)


def _view(found: Any) -> DraftView:
    return DraftView(
        id=found.id,
        procedure=found.procedure,
        pack=found.pack,
        answers=found.answers,
        papers=found.papers,
        carried_from=found.carried_from,
        filed_as=found.filed_as,
        version=found.version,
        updated_at=found.updated_at,
        for_name=found.for_name,
        authority=found.authority,
        counter=found.counter,
    )
