"""Keep bodies of messages where a member wishes it, and forget them in time."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from motcua.backbone.transactions import one_transaction
from motcua.exchange.models import KeptBody
from motcua.exchange.models.bodies import Bodies, keep
from motcua.exchange.queries.bodies import opened
from motcua.exchange.rules.keeping import kept_for, kept_since
from motcua.exchange.rules.sealing import BodyAltered, BodyKeyMissing, name_of, seal

__all__ = [
    "Bodies",
    "forget_bodies",
    "keep_bodies",
    "keeps_bodies",
    "reseal_bodies",
    "small_enough",
]

log = structlog.get_logger("motcua.exchange")
AT_ONCE = 100
"""How many bodies are sealed anew in one transaction."""


def keeps_bodies(of: str, *, agreed: bool) -> bool:
    """Tell whether a member keeps the bodies of a call; of those without an agreement nobody."""
    return agreed and bool(kept_for(of, settings.EXCHANGE_BODIES_DAYS))


def small_enough(body: bytes | Path | BinaryIO | None, size: int) -> bytes | None:
    """Return a body that is there and not too large to be kept; what is read is begun anew."""
    if body is None or size > settings.EXCHANGE_BODIES_MOST_BYTES:
        return None
    if isinstance(body, bytes):
        return body
    if isinstance(body, Path):
        with suppress(OSError):
            return body.read_bytes()
        return None
    whole = body.read()
    body.seek(0)
    return whole


def keep_bodies(entry: UUID, of: str, bodies: Bodies, *, at: datetime) -> None:
    """
    Keep what an exchange carried beside its entry: one statement.

    The exchange took place and is written down whatever becomes of this: where it cannot be kept,
    that is logged, and the proof stands without it.
    """
    try:
        keep(entry, of, at, bodies, secret=settings.EXCHANGE_BODIES_KEYS[0])
    except (DatabaseError, InterfaceError) as reason:
        log.warning("bodies were not kept", entry=str(entry), why=str(reason)[:200])
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def forget_bodies(*, at: datetime) -> int:
    """Delete bodies whose time is over, or that are to be kept no more; return how many."""
    days = settings.EXCHANGE_BODIES_DAYS
    gone = 0
    for of in KeptBody.objects.order_by("log").values_list("log", flat=True).distinct():
        old = KeptBody.objects.filter(log=of, at__lte=kept_since(of, days, at=at))
        gone += old.delete()[0]
    return gone


def reseal_bodies() -> int:
    """
    Seal with the key of now what is kept under an older one, or unsealed; return how many.

    What cannot be opened stays as it is, and is counted in the log.
    """
    done, stuck, after = 0, 0, (UUID(int=0), "")
    while found := _resealed(after):
        after = found[-1][0]
        well = sum(each for _, each in found)
        done, stuck = done + well, stuck + len(found) - well
    if stuck:
        log.warning("bodies that no key opens stay as they are", bodies=stuck)
    return done


@one_transaction
def _resealed(after: tuple[UUID, str]) -> list[tuple[tuple[UUID, str], bool]]:
    """Seal anew the next ones behind a place; return which they were, and whether it was done."""
    secret = settings.EXCHANGE_BODIES_KEYS[0]
    rows = KeptBody.objects.exclude(key=name_of(secret)).filter(pk__gt=after).order_by("pk")
    return [(row.pk, _reseal(row, secret)) for row in rows.select_for_update()[:AT_ONCE]]


def _reseal(row: KeptBody, secret: str) -> bool:
    try:
        body, subject = opened(row)
    except (BodyAltered, BodyKeyMissing):
        return False
    sealed = seal(body, subject, where=row.where, secret=secret)
    rows = KeptBody.objects.filter(pk=row.pk)
    return bool(rows.update(key=name_of(secret), body=sealed, subject=""))
