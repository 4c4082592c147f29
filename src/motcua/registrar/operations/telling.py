"""Tell subscribers of changes at once; who cannot be told pulls the feed."""

from datetime import datetime

import msgspec

from motcua.exchange.operations.calling import call
from motcua.kernel.errors import Refusal, Unavailable
from motcua.registrar.operations.subscribing import mark_pushed
from motcua.registrar.queries.changes import changes_to_push
from motcua.registrar.queries.owners import owner_of
from motcua.registries.queries.answers import Register

SERVICE = "registry-changes.v1"
WITHIN = 5.0


def push(register: Register, member: str, *, at: datetime) -> int:
    """
    Push what a subscriber was not told yet, the oldest first; return how much it took.

    Never inside a transaction. Who has no agreement to be told, or refuses, pulls instead.

    :raises Unavailable: if the subscriber does not answer: try again later
    """
    told = 0
    while page := changes_to_push(member, register):
        body = msgspec.json.encode({"register": register, "changes": page})
        try:
            call(
                *(member, SERVICE),
                body=body,
                purpose="notify-change",
                at=at,
                consumer=owner_of(register),
                timeout=WITHIN,
            )
        except Unavailable:
            raise
        except Refusal:
            break
        mark_pushed(register, member, [each.cursor for each in page], at=at)
        told += len(page)
    return told
