"""The dossiers behind a figure, newest first and in pages; nothing of the people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.backbone.database.reading import reading
from motcua.dossiers.models import Transition
from motcua.dossiers.queries.milestones import IN_COLUMN, SETTLED, STAYS, Column, among
from motcua.dossiers.queries.settled import BY_OFFICIALS
from motcua.kernel.scope import for_rooms

__all__ = ["Before", "Column", "Counted", "Narrow", "counted", "name_of_settler"]

# Only names of this code are put into the statements; what is asked for is always a parameter.
# ruff: noqa: S608

_BEHIND = f"""{STAYS}
SELECT c.dossier_id, d.code, d.title, c.agency, c.came_at, c.due_at, c.ended_at, c.stands
FROM (
    SELECT * FROM (SELECT * FROM stay UNION ALL {SETTLED}) AS stays WHERE {{column}}
) AS c JOIN dossiers_dossier d ON d.id = c.dossier_id
WHERE (%(procedures)s::text[] IS NULL OR c.procedure = ANY(%(procedures)s)) {{narrow}}
    AND (%(before)s::bigint IS NULL OR (c.dossier_id, c.came_at) < (%(before)s, %(moment)s))
ORDER BY c.dossier_id DESC, c.came_at DESC LIMIT %(limit)s
"""
_AT_OFFICE = "AND d.office_id = %(office)s"
_AT_NONE = "AND d.office_id IS NULL"
_BY_OFFICIAL = f"""AND EXISTS (
    SELECT FROM dossiers_transition s
    WHERE s.dossier_id = c.dossier_id AND s.at = c.ended_at AND s.by = %(official)s
        AND s.step IN ({among(BY_OFFICIALS)})
)"""


@dataclass(frozen=True, slots=True)
class Narrow:
    """
    Which dossiers of a figure are meant; nothing leaves nothing out.

    :param procedures: only of these
    :param office: only what came in at this office; 0 is through none
    :param official: only what this one settled
    """

    procedures: Collection[str] | None = None
    office: int | None = None
    official: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """
    One dossier behind a figure: what it is about and how it stood; nothing of the person.

    ``stands`` is the column it counts in, or how its answer stands.
    """

    id: int
    code: str
    title: str
    agency: str
    came_at: datetime
    due_at: datetime
    settled_at: datetime | None
    stands: str


@dataclass(frozen=True, slots=True)
class Before:
    """Where a page of dossiers ended: the next has those before this one."""

    id: int
    came_at: datetime


EVERYTHING = Narrow()


@for_rooms
def counted(
    agencies: Collection[str],
    column: Column,
    *,
    since: datetime,
    until: datetime,
    narrow: Narrow = EVERYTHING,
    before: Before | None = None,
    limit: int,
) -> tuple[Counted, ...]:
    """Return the dossiers behind a column of ``tallies``, newest first, in one statement."""
    asked: dict[str, Any] = {
        "agencies": list(agencies),
        "since": since,
        "until": until,
        "procedures": None if narrow.procedures is None else list(narrow.procedures),
        "office": narrow.office,
        "official": narrow.official,
        "before": before and before.id,
        "moment": before and before.came_at,
        "limit": limit,
    }
    with reading("dossiers").cursor() as cursor:
        cursor.execute(_BEHIND.format(column=IN_COLUMN[column], narrow=_narrowed(narrow)), asked)
        return tuple(_counted(row) for row in cursor.fetchall())


@for_rooms
def name_of_settler(dossier: int, official: str) -> str:
    """Return the name under which an official took a step on a dossier; empty if they took none."""
    taken = Transition.objects.filter(dossier=dossier, by=official)
    return taken.order_by("-id").values_list("by_name", flat=True).first() or ""


def _narrowed(narrow: Narrow) -> str:
    parts = [_BY_OFFICIAL] if narrow.official else []
    if narrow.office is not None:
        parts.append(_AT_OFFICE if narrow.office else _AT_NONE)
    return " ".join(parts)


def _counted(row: Sequence[Any]) -> Counted:
    id_, code, title, agency, came_at, due_at, settled_at, stands = row
    settled = localtime(settled_at) if settled_at else None
    came, due = localtime(came_at), localtime(due_at)
    return Counted(id_, code, title, agency, came, due, settled, Column(stands))
