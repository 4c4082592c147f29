"""To whom an official is related."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.backbone.remembered import Remembered
from motcua.identity.models import Relative as RelativeRow
from motcua.identity.rules.relatives import Relation
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

__all__ = ["Relation", "Relative", "forget_related", "near_to", "related", "relatives_of_mine"]

_near: "Remembered[str, frozenset[str]]" = Remembered(seconds=30)

_NEAR = """
WITH me AS (SELECT personal_id FROM identity_account WHERE id = %(id)s),
numbers AS (
    SELECT personal_id AS number FROM me
    UNION SELECT number FROM identity_relative WHERE official = %(me)s AND forgotten_at IS NULL
    UNION SELECT a.personal_id FROM me
        JOIN identity_relative r ON r.number = me.personal_id AND r.forgotten_at IS NULL
        JOIN identity_account a ON a.id = r.official::uuid
)
SELECT a.id::text FROM identity_account a JOIN numbers n ON a.personal_id = n.number
UNION SELECT p.id::text FROM identity_party p JOIN numbers n ON p.number = n.number
UNION SELECT principal FROM identity_authority WHERE agent = %(me)s AND ended_at IS NULL
UNION SELECT agent FROM identity_authority WHERE principal = %(me)s AND ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative as the actor declared them."""

    id: int
    number: str
    name: str
    relation: Relation
    at: datetime


@for_rooms
def related(official: str, person: str) -> bool:
    """
    Tell whether an official is too near to a person to process their dossier.

    ``person`` is the id of an account or a party. Near is the official themselves, under whatever
    id; whom they declared as a relative, and who declared them; for whom they act, and who acts
    for them. One statement for each official, remembered for 30 seconds in a process.
    """
    return person in near_to(official)


@for_rooms
def near_to(official: str) -> frozenset[str]:
    """Return everybody to whom an official is too near, themselves among them, by their ids."""
    return frozenset({official}) | (_near.get(official, lambda: _read(official)) or frozenset())


@for_rooms
def forget_related() -> None:
    """Read anew who is related to whom, at the next question of this process."""
    _near.forget()


def relatives_of_mine(*, by: Actor) -> tuple[Relative, ...]:
    """Return the relatives the actor declared, in the order in which they did."""
    rows = RelativeRow.objects.filter(official=by.id, forgotten_at=None).order_by("id")
    return tuple(
        Relative(row.pk, row.number, row.name, Relation(row.relation), row.at) for row in rows
    )


def _uuid(official: str) -> UUID | None:
    try:
        return UUID(official)
    except ValueError:
        return None


def _read(official: str) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"me": official, "id": _uuid(official)})
        return frozenset(row[0] for row in cursor.fetchall())
