"""Packs in the making, and what was done to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.studio.models import Draft
from motcua.studio.rules.stages import Stage, may_publish

PAGE = 50


class UnknownDraft(NotFound):
    code = "studio.unknown-draft"
    message = N_("There is no such draft of a service pack. See the list of drafts.")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: UUID
    code: str
    title: str
    stage: Stage
    author: str
    author_name: str
    updated_at: datetime
    published_as: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft whole; ``files`` are texts by name, ``changes`` what a writer must have seen."""

    id: UUID
    code: str
    title: str
    base: str
    files: Mapping[str, str]
    stage: Stage
    author: str
    author_name: str
    changes: int
    note: str
    noted_by_name: str
    published_as: str
    published_by_name: str
    updated_at: datetime
    may_publish: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: which file, what was done, by whom, when."""

    number: int
    file: str
    what: str
    by_name: str
    at: datetime


def draft(draft_id: UUID, *, by: Actor) -> DraftView:
    """
    Return a draft.

    :raises UnknownDraft: if there is none the actor may see
    """
    found = Draft.objects.visible_to(by).filter(pk=draft_id).first()
    if found is None:
        raise UnknownDraft(draft=str(draft_id))
    return DraftView(
        id=found.pk,
        code=found.code,
        title=found.title,
        base=found.base,
        files=found.files,
        stage=Stage(found.stage),
        author=found.author,
        author_name=found.author_name,
        changes=found.changes,
        note=found.note,
        noted_by_name=found.noted_by_name,
        published_as=found.published_as,
        published_by_name=found.published_by_name,
        updated_at=found.updated_at,
        may_publish=may_publish(by=by, writers=found.writers),
    )


def open_drafts(*, by: Actor, limit: int = PAGE) -> tuple[DraftLine, ...]:
    """Return the drafts being written or waiting for their publisher, the latest first."""
    rows = Draft.objects.visible_to(by).open().order_by("-updated_at").defer("files")
    return tuple(_line(each) for each in rows[:limit])


def drafts_of(code: str, *, by: Actor, limit: int = PAGE) -> tuple[DraftLine, ...]:
    """Return all drafts there ever were of a procedure's pack, the latest first."""
    rows = Draft.objects.visible_to(by).filter(code=code).order_by("-updated_at").defer("files")
    return tuple(_line(each) for each in rows[:limit])


def changes_of(draft_id: UUID, *, by: Actor, limit: int = PAGE) -> tuple[ChangeLine, ...]:
    """Return the last changes made to a draft, the latest first."""
    found = Draft.objects.visible_to(by).only("id").filter(pk=draft_id).first()
    if found is None:
        raise UnknownDraft(draft=str(draft_id))
    rows = found.history.order_by("-number", "file").defer("before", "after")
    return tuple(ChangeLine(c.number, c.file, c.what, c.by_name, c.at) for c in rows[:limit])


def _line(row: Draft) -> DraftLine:
    return DraftLine(
        row.pk,
        row.code,
        row.title,
        Stage(row.stage),
        row.author,
        row.author_name,
        row.updated_at,
        row.published_as,
    )
