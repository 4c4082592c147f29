"""Systems that may tell us of dossiers by the old interface, and what they called last."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.sync.models import System, SystemCall

__all__ = ["CallNoted", "SystemKnown", "calls_of", "systems"]


@dataclass(frozen=True, slots=True)
class SystemKnown:
    """An account; ``above``: of a portal that tells us of statuses. ``off_at``: switched off."""

    id: int
    username: str
    title: str
    member: str
    above: bool
    off_at: datetime | None
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallNoted:
    """That a system called, with how many things, and what it was answered: ``0`` or a code."""

    verb: str
    items: int
    untaken: int
    said: str
    address: str
    at: datetime


def systems(*, by: Actor) -> tuple[SystemKnown, ...]:
    """Return the accounts that the actor may see, by name (one statement)."""
    rows = (
        System.objects.visible_to(by)
        .order_by("username")
        .values_list("id", "username", "title", "member", "above", "off_at", "made_at", "used_at")
    )
    return tuple(SystemKnown(*row) for row in rows)


def calls_of(number: int, *, by: Actor, limit: int = 50) -> tuple[CallNoted, ...]:
    """Return what a system called last, the latest first (one statement)."""
    seen = System.objects.visible_to(by).filter(pk=number)
    rows = SystemCall.objects.filter(system__in=seen).order_by("-id")
    values = rows.values_list("verb", "items", "untaken", "said", "address", "at")
    return tuple(CallNoted(*row) for row in values[:limit])
