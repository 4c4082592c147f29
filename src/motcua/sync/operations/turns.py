"""One merge a member and a few in all at a time: who comes too many waits outside."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection

from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["Busy", "turn_of"]

WAIT = 5
"""Seconds after which to ask again."""
_OF_MEMBER, _IN_ALL = 0x53594D, 0x53594E


class Busy(Unavailable):
    code = "sync.busy"
    message = N_(
        "Another stream is being merged. Nothing of this one was taken; send it again in "
        "{seconds} seconds."
    )


@contextmanager
def turn_of(top: str) -> Iterator[None]:
    """
    Hold a member's turn, and one of the places of all, until the block ends.

    The locks belong to the connection, so they go with it whatever happens to this process.

    :raises Busy: if the member's turn or every place is taken
    """
    held: list[tuple[int, int]] = []
    try:
        if not (
            _try(held, _OF_MEMBER, int.from_bytes(top.encode()))
            and any(_try(held, _IN_ALL, place) for place in range(settings.SYNC_AT_ONCE))
        ):
            raise Busy(seconds=WAIT)
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            for lock in held:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)


def _try(held: list[tuple[int, int]], kind: int, which: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, which])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return False
    held.append((kind, which))
    return True
