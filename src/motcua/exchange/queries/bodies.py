"""Which bodies are kept of an exchange, and until when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from motcua.exchange.models import KeptBody
from motcua.exchange.rules.keeping import kept_for, kept_since
from motcua.exchange.rules.sealing import unseal
from motcua.kernel.scope import for_rooms


@dataclass(frozen=True, slots=True)
class BodyKept:
    """One body, ``request`` or ``answer``, its size in bytes and until when it is kept."""

    part: str
    size: int
    until: datetime


@for_rooms
def bodies_of(entry: UUID, log: str, *, at: datetime) -> tuple[BodyKept, ...]:
    """
    Return what is kept of an exchange, not what it says; one statement where the member keeps any.

    The caller knows who may see the entry.
    """
    lasts = kept_for(log, settings.EXCHANGE_BODIES_DAYS)
    if not lasts:
        return ()
    rows = kept_of(entry, log, at=at).order_by("-part")
    return tuple(
        BodyKept(part, size, kept + lasts)
        for part, size, kept in rows.values_list("part", "size", "at")
    )


@for_rooms
def kept_of(entry: UUID, log: str, *, at: datetime) -> QuerySet[KeptBody]:
    """Return the rows of an exchange whose time is not over, whether or not they were deleted."""
    since = kept_since(log, settings.EXCHANGE_BODIES_DAYS, at=at)
    return KeptBody.objects.filter(entry=entry, log=log, at__gt=since)


@for_rooms
def opened(row: KeptBody) -> tuple[bytes, str]:
    """
    Return a body that is kept and the personal id of whom it is about, if that is known.

    :raises BodyKeyMissing: if the key that sealed it is none of ours
    :raises BodyAltered: if it was changed since it was sealed
    """
    if not row.key:
        return bytes(row.body), row.subject
    secrets = settings.EXCHANGE_BODIES_KEYS
    return unseal(bytes(row.body), row.key, where=row.where, secrets=secrets)
