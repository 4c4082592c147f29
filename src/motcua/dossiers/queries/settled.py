"""What an agency settled, counted by procedure, office and official: for its load."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.backbone.database.reading import reading
from motcua.dossiers.queries.milestones import among, stands
from motcua.dossiers.rules.clock import Timing
from motcua.dossiers.rules.lifecycle import SETTLES, Step
from motcua.kernel.scope import for_rooms

__all__ = ["BY_OFFICIALS", "SettledThere", "Timing", "settled_there"]

# Only names of this code are put into the statements; what is asked for is always a parameter.
# ruff: noqa: S608

BY_OFFICIALS = SETTLES - {Step.WITHDRAW, Step.EXPIRE}
"""Steps by which an official settles a dossier; the others are the applicant's, or time's."""

_OFFICIAL = f"t.step IN ({among(BY_OFFICIALS)})"
_SETTLED = f"""
SELECT t.procedure, coalesce(d.office_id, 0), coalesce(o.name, ''),
    CASE WHEN {_OFFICIAL} THEN t.by ELSE '' END AS official,
    coalesce(max(t.by_name) FILTER (WHERE {_OFFICIAL}), ''),
    {stands("t")} AS stands, count(*), count(*) FILTER (WHERE t.at >= %(lately)s)
FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id
    LEFT JOIN agencies_office o ON o.id = d.office_id
WHERE t.agency = %(agency)s AND t.step IN ({among(SETTLES)}) AND t.at >= %(since)s AND t.at < %(at)s
GROUP BY t.procedure, d.office_id, o.name, official, stands
"""


@dataclass(frozen=True, slots=True)
class SettledThere:
    """
    How many dossiers were settled alike: of a procedure, at an office, by an official, as timed.

    ``office`` is 0 and without a name where they came in through none. ``by`` is the official
    who settled them, empty where the applicant or the time did. ``lately`` are those of them that
    were settled since the later moment asked for.
    """

    procedure: str
    office: int
    office_name: str
    by: str
    by_name: str
    timing: Timing
    count: int
    lately: int


@for_rooms
def settled_there(
    agency: str, *, since: datetime, lately: datetime, at: datetime
) -> tuple[SettledThere, ...]:
    """Return what an agency settled from ``since`` to before ``at``; one statement."""
    asked: dict[str, Any] = {"agency": agency, "since": since, "lately": lately, "at": at}
    with reading("dossiers").cursor() as cursor:
        cursor.execute(_SETTLED, asked)
        return tuple(
            SettledThere(procedure, office, place, by, name, Timing(stands), count, few)
            for procedure, office, place, by, name, stands, count, few in cursor.fetchall()
        )
