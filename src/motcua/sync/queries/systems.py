"""Systems that may tell us of dossiers by the old interface, and what they called last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from motcua.exchange.queries.members import own_members
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms
from motcua.sync.models import System, SystemCall
from motcua.sync.models.legacy import SystemQuerySet
from motcua.sync.rules.codes import top_of_member

__all__ = ["CallNoted", "SystemKnown", "calls_of", "keeping", "system", "systems"]


@dataclass(frozen=True, slots=True)
class SystemKnown:
    """
    An account; ``above``: of a portal that tells us of statuses. ``off_at``: switched off.

    ``called`` is the verb it called last, at ``called_at``; none if it never did.
    """

    id: int
    username: str
    title: str
    member: str
    keeper: str
    above: bool
    off_at: datetime | None
    made_at: datetime
    used_at: datetime | None
    called: str | None
    called_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallNoted:
    """That a system called, with how many things, and what it was answered: ``0`` or a code."""

    verb: str
    items: int
    untaken: int
    said: str
    address: str
    at: datetime


_FACTS = (
    *("id", "username", "title", "member", "keeper", "above", "off_at", "made_at", "used_at"),
    *("called", "called_at"),
)


@for_rooms
def keeping() -> str:
    """Return the first-level code of our member that keeps these accounts: who runs the portal."""
    return top_of_member(next(iter(own_members()), "")) or ""


def systems(*, by: Actor) -> tuple[SystemKnown, ...]:
    """Return the accounts that the actor may see, by name, each with its last call (one query)."""
    rows = _with_last_call(System.objects.visible_to(by)).order_by("username")
    return tuple(SystemKnown(*row) for row in rows.values_list(*_FACTS))


def system(number: int, *, by: Actor) -> SystemKnown | None:
    """Return one account if the actor may see it (one query)."""
    rows = _with_last_call(System.objects.visible_to(by)).filter(pk=number)
    row = rows.values_list(*_FACTS).first()
    return None if row is None else SystemKnown(*row)


def _with_last_call(rows: SystemQuerySet) -> Any:
    last = SystemCall.objects.filter(system=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        called=Subquery(last.values("verb")[:1]), called_at=Subquery(last.values("at")[:1])
    )


def calls_of(number: int, *, by: Actor, limit: int = 50) -> tuple[CallNoted, ...]:
    """Return what a system called last, the latest first (one statement)."""
    seen = System.objects.visible_to(by).filter(pk=number)
    rows = SystemCall.objects.filter(system__in=seen).order_by("-id")
    values = rows.values_list("verb", "items", "untaken", "said", "address", "at")
    return tuple(CallNoted(*row) for row in values[:limit])
