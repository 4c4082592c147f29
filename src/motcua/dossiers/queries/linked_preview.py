"""What a linked pack becomes: before one begins, and with the answers of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.dossiers.queries.filing import Preview, preview
from motcua.forms.queries.forms import Words, seen
from motcua.kernel.money import Dong
from motcua.kernel.scope import public
from motcua.kernel.worktime import Limit
from motcua.packs.queries.linking import Part, answers_for, parts_for, waits_for
from motcua.packs.queries.packs import Channel, Pack, pack_for, usual_limit

__all__ = ["LinkedPreview", "PartOffer", "PartPreview", "linked_offer", "linked_preview"]


@dataclass(frozen=True, slots=True)
class PartOffer:
    """A part as the start page tells it; ``pack`` and ``limit`` of its procedure, if online."""

    name: Words
    procedure: str
    always: bool
    after: tuple[Words, ...]
    pack: Pack | None
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class PartPreview:
    """
    What a part would come to if everything were filed now.

    Of a part that waits, ``due_at`` counts from when those before it are due at the latest.
    """

    name: Words
    title: Words
    procedure: str
    after: tuple[Words, ...]
    comes_to: Preview
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkedPreview:
    """What all parts come to; ``due_at`` when the last is due at the latest, if that is known."""

    parts: tuple[PartPreview, ...]
    total: Dong
    due_at: datetime | None


@public
def linked_offer(definition: Pack, *, at: datetime) -> tuple[PartOffer, ...]:
    """Return the dossiers that a linked pack may become, in their order."""
    return tuple(_offer(part, definition, at=at) for part in definition.parts)


def _offer(part: Part, definition: Pack, *, at: datetime) -> PartOffer:
    names = _names(definition)
    target = pack_for(part.procedure, on=localtime(at).date())
    return PartOffer(
        name=part.name,
        procedure=part.procedure,
        always=part.when is None,
        after=tuple(names[each] for each in part.after),
        pack=target,
        limit=usual_limit(target, Channel.ONLINE) if target else None,
    )


@public
def linked_preview(
    definition: Pack,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    channel: Channel = Channel.ONLINE,
) -> LinkedPreview:
    """Return what filing these answers ``at`` that moment would become."""
    on = localtime(at).date()
    known = seen(definition.form, answers, on=on)
    chosen = parts_for(definition, known, on=on)
    due: dict[str, datetime | None] = {}
    parts = []
    for part in chosen:
        if (target := pack_for(part.procedure, on=on)) is None:
            continue
        waits = waits_for(part, chosen)
        found = _part(part, target, definition, known, waits, due, channel, at=at)
        due[part.id] = found.due_at
        parts.append(found)
    ends = [each.due_at for each in parts if each.due_at is not None]
    return LinkedPreview(
        parts=tuple(parts),
        total=sum((each.comes_to.total for each in parts), Dong(0)),
        due_at=max(ends) if ends and len(ends) == len(parts) else None,
    )


def _part(
    part: Part,
    target: Pack,
    definition: Pack,
    known: Mapping[str, Any],
    waits: tuple[str, ...],
    due: Mapping[str, datetime | None],
    channel: Channel,
    *,
    at: datetime,
) -> PartPreview:
    """Return what a part comes to; one that waits begins when those before it are due."""
    answers = answers_for(part, definition, known, target, on=localtime(at).date())
    before = [due.get(each) for each in waits]
    starts = [each for each in before if each is not None]
    comes_to = preview(target, answers, at=max(starts, default=at), channel=channel)
    names = _names(definition)
    return PartPreview(
        name=part.name,
        title=target.title,
        procedure=target.code,
        after=tuple(names[each] for each in waits),
        comes_to=comes_to,
        due_at=comes_to.due_at if len(starts) == len(waits) else None,
    )


def _names(definition: Pack) -> dict[str, Words]:
    return {part.id: part.name for part in definition.parts}
