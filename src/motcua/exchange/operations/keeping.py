"""Keep bodies of messages where a member wishes it, and forget them in time."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from motcua.exchange.models import KeptBody
from motcua.exchange.models.bodies import Bodies, keep
from motcua.exchange.rules.keeping import kept_for, kept_since

__all__ = ["Bodies", "forget_bodies", "keep_bodies", "keeps_bodies", "small_enough"]

log = structlog.get_logger("motcua.exchange")


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
        keep(entry, of, at, bodies)
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
