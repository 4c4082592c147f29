"""One merge a member and a few in all at a time: who comes too many waits outside."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection

from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["Busy", "turn_of"]

WAIT = 5
"""Seconds after which to ask again."""
PATIENCE, LOOK = 0.3, 0.01
"""Seconds that one waits for a turn, as long as many small messages take; how often it looks."""
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
    places = [(_IN_ALL, place) for place in range(settings.SYNC_AT_ONCE)]
    until = time.monotonic() + PATIENCE
    try:
        if not (
            _first_free(held, [(_OF_MEMBER, int.from_bytes(top.encode()))], until)
            and _first_free(held, places, until)
        ):
            raise Busy(seconds=WAIT)
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            for lock in held:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)


def _first_free(
    held: list[tuple[int, int]], locks: Sequence[tuple[int, int]], until: float
) -> bool:
    """Hold the first of these locks that is free until then; tell whether one was."""
    while True:
        for lock in locks:
            if _try(lock):
                held.append(lock)
                return True
        if not locks or time.monotonic() > until:
            return False
        time.sleep(LOOK)


def _try(lock: tuple[int, int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        row = cursor.fetchone()
    return bool(row and row[0])
