"""What the actor said is wrong in the registries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registries.models import Objection
from motcua.registries.rules.facts import path_of
from motcua.registries.rules.objections import CLOSED, Standing

MOST = 100
OBJECTION_WORDS: dict[str, str] = {
    Standing.MADE: N_("On its way to the registry's owner"),
    Standing.SENT: N_("With the registry's owner"),
    Standing.EXAMINED: N_("Being looked at"),
    Standing.ACCEPTED: N_("Put right"),
    Standing.REFUSED: N_("Stays as it is"),
}
"""States of an objection, as people read them."""


@dataclass(frozen=True, slots=True)
class MyObjection:
    """
    One objection to a ``field`` of the record ``key``; ``state`` as in `OBJECTION_WORDS`.

    ``by_name`` is the clerk who wrote it down, if one did.
    """

    id: str
    register: str
    key: str
    field: str
    stated: str
    wished: str
    state: str
    told: str
    at: datetime
    moved_at: datetime | None
    by_name: str


OPEN = tuple(each.value for each in Standing if each not in CLOSED)


@for_rooms
def disputed(personal_id: str, facts: Collection[str]) -> frozenset[str]:
    """Return the facts that a person has said are wrong, while their owner has not answered."""
    rows = Objection.objects.filter(personal_id=personal_id, state__in=OPEN)
    wrong = set(rows.values_list("register", "field"))
    return frozenset(x for x in facts if (x.partition(".")[0], path_of(x)) in wrong)


def my_objections(*, by: Actor) -> tuple[MyObjection, ...]:
    """Return the actor's own objections, the newest first, at most 100 (one statement)."""
    return objections_of(by.id)


@for_rooms
def objections_of(person: str) -> tuple[MyObjection, ...]:
    """Return a person's objections; the caller knows that they are theirs, or stand before them."""
    rows = Objection.objects.filter(person=person).order_by("-id")[:MOST]
    return tuple(
        MyObjection(
            str(row.pk),
            row.register,
            row.key,
            row.field,
            row.stated,
            row.wished,
            row.state,
            row.told,
            row.at,
            row.moved_at,
            row.by_name,
        )
        for row in rows
    )
