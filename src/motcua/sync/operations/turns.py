"""
One merge a member, and a few long ones in all, at a time: who comes too many waits outside.

The turn of a member is a lock that the database hands to whoever asks first, long or short. Places
of all are for what takes memory and processors for long: a short message needs none.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from psycopg.errors import LockNotAvailable

from motcua.backbone.statements import Statement
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["Busy", "busy_if_late", "lock_of", "turn_of"]

WAIT = 5
"""Seconds after which to ask again."""
PATIENCE, LOOK = 0.3, 0.01
"""Seconds that one waits for a turn, as long as many small messages take; how often it looks."""
_OF_MEMBER, _IN_ALL = 0x53594D, 0x53594E
_TAKE = Statement("SELECT pg_advisory_lock(%s, %s) FROM set_config('lock_timeout', %s, true)")


class Busy(Unavailable):
    code = "sync.busy"
    message = N_(
        "Another stream is being merged. Nothing of this one was taken; send it again in "
        "{seconds} seconds."
    )


def lock_of(top: str) -> tuple[int, int]:
    """Return the advisory lock that is a member's turn."""
    return _OF_MEMBER, int.from_bytes(top.encode())


@contextmanager
def busy_if_late() -> Iterator[None]:
    """
    Wait for a turn in the block, by a statement that has ``lock_timeout`` set.

    :raises Busy: if that ran out
    """
    try:
        yield
    except OperationalError as reason:
        if isinstance(reason.__cause__, LockNotAvailable):
            raise Busy(seconds=WAIT) from reason
        raise


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
        with busy_if_late():
            _TAKE.run(*lock_of(top), f"{PATIENCE:.3f}s")
        held.append(lock_of(top))
        if not _first_free(held, places, until):
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
