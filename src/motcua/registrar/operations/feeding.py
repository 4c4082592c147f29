"""Entries of the subscribers' feeds: written in turn, so their numbers rise as they are seen."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from motcua.backbone.journal import announce
from motcua.kernel.actors import Actor
from motcua.registrar.events import ChangesToTell
from motcua.registrar.models import Change
from motcua.registries.queries.answers import Register


def take_turn(register: Register) -> None:
    """
    Wait until no other transaction writes in a register, and keep others waiting until this ends.

    Inside a transaction. What is read of the register afterwards is what was written last.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"registrar/{register}"]
        )


def feed(
    register: Register, changes: Sequence[Change], *, by: Actor, at: datetime
) -> tuple[str, ...]:
    """
    Write entries of a register's feeds, in turn, and return the members to be told.

    An entry gets its number when it is written and is seen when it is committed: were these in
    another order for two of them, a cursor that has passed the later would never see the earlier.
    """
    if not changes:
        return ()
    take_turn(register)
    Change.objects.bulk_create(changes)
    members = tuple(dict.fromkeys(change.member for change in changes))
    for member in members:
        announce(ChangesToTell(subject=member, register=register), by=by, at=at)
    return members
