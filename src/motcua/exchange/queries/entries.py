"""Entries of the message log as they are hashed and proved."""

from motcua.exchange.models import LogEntry
from motcua.exchange.rules.entries import Entry, Part, in_utc
from motcua.kernel.scope import for_rooms


@for_rooms
def entry_of(row: LogEntry) -> Entry:
    """Return a row as the entry that the tree is over."""
    return Entry(
        id=str(row.id),
        log=row.log,
        side="provider" if row.side == "provider" else "consumer",
        at=in_utc(row.at),
        consumer=row.consumer,
        provider=row.provider,
        service=row.service,
        agreement=str(row.agreement) if row.agreement else None,
        purpose=row.purpose,
        size=row.size,
        person=None if row.person is None else bytes(row.person),
        asked=Part(row.asked, bytes(row.asked_signature), row.asked_key),
        status=row.status,
        answered=_answered(row),
        answered_at=in_utc(row.answered_at) if row.answered_at else None,
    )


def _answered(row: LogEntry) -> Part | None:
    if row.answered_signature is None:
        return None
    return Part(row.answered, bytes(row.answered_signature), row.answered_key)
