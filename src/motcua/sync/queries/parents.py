"""How far our own dossiers have been told, what waits since when, and what was not taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.queries.outward import Place, agencies_pattern, waiting_since
from motcua.kernel.actors import Actor
from motcua.sync.adapters.passwords import password_of
from motcua.sync.models import Parent, Untaken
from motcua.sync.rules.outward import LONG_WAITED, Kind

__all__ = ["Kind", "ParentStanding", "UntakenRow", "parent_standing", "parents", "untaken"]


@dataclass(frozen=True, slots=True)
class ParentStanding:
    """
    How a parent stands.

    ``waiting`` steps have not been acknowledged, at most 10,000 are counted; the oldest waits since
    ``since``. ``error`` is an English key with its ``facts``, of the last try. ``is_stuck``: the
    oldest waits longer than an hour. ``lacks_password``: it speaks the old interface, and this
    machine has no password for it. ``about`` is the first-level code whose dossiers it is told of.
    """

    id: int
    member: str
    to: str
    title: str
    kind: Kind
    sent: int
    waiting: int
    since: datetime | None
    is_stuck: bool
    paused_at: datetime | None
    told_at: datetime | None
    tried_at: datetime | None
    try_at: datetime | None
    failures: int
    error: str
    facts: dict[str, str]
    untaken: int
    added_at: datetime
    address: str
    username: str
    dstcode: str
    inside: bool
    lacks_password: bool
    about: str


@dataclass(frozen=True, slots=True)
class UntakenRow:
    """Something a parent did not take, how often, and when last."""

    code: str
    reason: str
    example: str
    times: int
    at: datetime


def parents(*, by: Actor, at: datetime) -> tuple[ParentStanding, ...]:
    """Return the parents of the actor's member; one statement and two a parent."""
    rows = Parent.objects.visible_to(by).order_by("member", "to")
    return tuple(_standing(row, at=at) for row in rows)


def parent_standing(number: int, *, by: Actor, at: datetime) -> ParentStanding | None:
    """Return one parent if the actor may see it."""
    row = Parent.objects.visible_to(by).filter(pk=number).first()
    return None if row is None else _standing(row, at=at)


def untaken(number: int, *, by: Actor, limit: int = 100) -> tuple[UntakenRow, ...]:
    """Return what a parent did not take, the latest first."""
    seen = Parent.objects.visible_to(by).filter(pk=number)
    rows = Untaken.objects.filter(parent__in=seen).order_by("-at", "-id")
    values = rows.values_list("code", "reason", "example", "times", "at")[:limit]
    return tuple(UntakenRow(*value) for value in values)


def _standing(row: Parent, *, at: datetime) -> ParentStanding:
    pattern = agencies_pattern(row.about)
    waiting = waiting_since(Place(row.step, row.due), pattern)
    since = None if waiting.since is None else max(waiting.since, row.added_at)
    told: dict[str, Any] = row.error or {}
    return ParentStanding(
        id=row.pk,
        member=row.member,
        to=row.to,
        title=row.title,
        kind=Kind(row.kind),
        sent=row.sent,
        waiting=waiting.count,
        since=since,
        is_stuck=since is not None and at - since > LONG_WAITED,
        paused_at=row.paused_at,
        told_at=row.told_at,
        tried_at=row.tried_at,
        try_at=row.try_at,
        failures=row.failures,
        error=told.get("message", ""),
        facts=told.get("facts", {}),
        untaken=Untaken.objects.filter(parent=row).count(),
        added_at=row.added_at,
        address=row.address,
        username=row.username,
        dstcode=row.dstcode,
        inside=row.inside,
        lacks_password=row.kind != Kind.NATIVE and password_of(row.pk) is None,
        about=row.about,
    )
