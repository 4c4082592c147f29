"""Who wants to hear of whose changes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.registrar.models import Change, Subscription
from motcua.registrar.queries.owners import owner_of
from motcua.registries.queries.answers import Register

__all__ = ["TooMany", "follow", "mark_pushed", "stop_following"]

MOST = 1000
"""Persons named in one message."""


class TooMany(Invalid):
    code = "registrar.too-many"
    message = N_("At most {most} persons can be named in one message. Send the rest in another.")


@one_transaction
def follow(
    register: Register, persons: Sequence[str], *, member: str, purpose: str, at: datetime
) -> set[str]:
    """
    Let a member hear of these persons' changes; who is followed already stays. Return the new ones.

    :raises NoSuchRegister: if the register is not kept here
    :raises TooMany: if more are named than one message may
    """
    owner_of(register)
    if len(persons) > MOST:
        raise TooMany(most=MOST)
    before = Subscription.objects.filter(register=register, member=member, person__in=persons)
    new = set(persons) - set(before.values_list("person", flat=True))
    Subscription.objects.bulk_create(
        (
            Subscription(register=register, member=member, person=person, purpose=purpose, since=at)
            for person in sorted(new)
        ),
        ignore_conflicts=True,
    )
    return new


@one_transaction
def stop_following(register: Register, persons: Sequence[str], *, member: str) -> int:
    """Let a member hear no more of these persons; return how many it followed."""
    rows = Subscription.objects.filter(register=register, member=member, person__in=persons)
    return rows.delete()[0]


@one_transaction
def mark_pushed(register: Register, member: str, cursors: Collection[int], *, at: datetime) -> None:
    """Keep that a member took these entries of its changes, and no others."""
    mine = Change.objects.filter(register=register, member=member, pushed_at__isnull=True)
    mine.filter(pk__in=cursors).update(pushed_at=at)
