"""The feed of changes, for each subscriber its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.kernel.scope import for_rooms
from motcua.registrar.models import Change
from motcua.registries.queries.answers import Register

PAGE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: ``cursor`` orders it, ``kind`` is ``record`` or ``correction``."""

    cursor: int
    kind: str
    person: str
    key: str
    facts: Mapping[str, Any]
    at: datetime


@for_rooms
def changes_for(member: str, register: Register, *, after: int) -> tuple[Told, ...]:
    """Return a member's changes after an entry, oldest first, at most 200 (one statement)."""
    mine = Change.objects.filter(member=member, register=register, pk__gt=after)
    return tuple(_told(row) for row in mine.order_by("pk")[:PAGE])


@for_rooms
def changes_to_push(member: str, register: Register) -> tuple[Told, ...]:
    """Return what a member did not take yet, oldest first, at most 200 (one statement)."""
    mine = Change.objects.filter(member=member, register=register, pushed_at__isnull=True)
    return tuple(_told(row) for row in mine.order_by("pk")[:PAGE])


def _told(row: Change) -> Told:
    return Told(row.pk, row.kind, row.person, row.key, row.facts, row.at)
