"""What the actor said is wrong in the registries."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.registries.models import Objection

MOST = 100


@dataclass(frozen=True, slots=True)
class MyObjection:
    """One objection; ``state`` is made, sent, examined, accepted or refused."""

    id: str
    register: str
    field: str
    stated: str
    wished: str
    state: str
    told: str
    at: datetime


def my_objections(*, by: Actor) -> tuple[MyObjection, ...]:
    """Return the actor's own objections, the newest first, at most 100 (one statement)."""
    rows = Objection.objects.filter(person=by.id).order_by("-id")[:MOST]
    return tuple(
        MyObjection(
            str(row.pk),
            row.register,
            row.field,
            row.stated,
            row.wished,
            row.state,
            row.told,
            row.at,
        )
        for row in rows
    )
