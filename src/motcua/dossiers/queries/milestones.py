"""
What agencies received, settled and still owe, as it was known at any moment: for reports.

A *stay* is a dossier's time at one agency as something to settle. Filing, a transfer and a
re-opening begin one; settling ends it, and a transfer to another agency undoes it. Everything is
read from the steps up to the moment asked for, so that the answer for the past never changes.
Steps are taken in the order of their numbers: one that waited for another's lock may be of a moment
before it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.backbone.database.reading import reading
from motcua.dossiers.rules.lifecycle import (
    BRINGS_IN,
    ENDS_OPINION,
    SETTLES,
    UNSETTLED,
    WAITING,
    Step,
)
from motcua.kernel.scope import for_rooms

# Only names of this module are put into the statements; what is asked for is always a parameter.
# ruff: noqa: S608

ONLINE = 2
"""The channel's number in national exchange."""


@for_rooms
def among(values: Collection[str]) -> str:
    """Return names of this code as a list in a statement."""
    return ", ".join(f"'{value}'" for value in sorted(values))


def _day(moment: str) -> str:
    """Return the beginning of the day here that a moment falls on; the country has no DST."""
    return f"date_bin('1 day', {moment}, '2000-01-01 00:00+07')"


def _early(row: str, ended: str = "at") -> str:
    return f"(NOT {row}.counted_late AND {row}.{ended} < {_day(f'{row}.due_at')})"


def _late(row: str, ended: str = "at") -> str:
    after = f"{_day(f'{row}.due_at')} + interval '24 hours'"
    return f"({row}.counted_late OR {row}.{ended} >= {after})"


@for_rooms
def stands(row: str, ended: str = "at") -> str:
    """Return how something settled stands to its due day, as ``rules.clock.timing`` tells it."""
    return (
        f"CASE WHEN {_late(row, ended)} THEN 'late' "
        f"WHEN {_early(row, ended)} THEN 'early' ELSE 'on_time' END"
    )


_ONCE = f"""NOT EXISTS (
    SELECT FROM dossiers_transition a
    WHERE a.dossier_id = {{0}} AND a.step IN ({among(BRINGS_IN - {Step.FILE})})
)"""
"""The dossier was brought in once, by its filing: it was never transferred nor opened again."""

_SETTLED_ONCE = f"""
    FROM dossiers_transition t
    WHERE t.agency = ANY(%(agencies)s) AND t.step IN ({among(SETTLES)})
        AND t.at >= %(since)s AND t.at < %(until)s AND {_ONCE.format("t.dossier_id")}
"""
SETTLED = f"""
    SELECT t.dossier_id, t.agency, t.procedure, t.channel, t.filed_at AS came_at,
        t.at AS ended_at, t.due_at, {stands("t")} AS stands
    {_SETTLED_ONCE}
"""
"""Stays settled in the time asked for, of dossiers brought in once: nearly all of them."""

STAYS = f"""
WITH walked AS MATERIALIZED (
    SELECT dossier_id, agency, procedure, channel, came_at, ended_by, ended_at, due_at, counted_late
    FROM (
        SELECT t.dossier_id, t.agency, t.procedure, t.channel, t.step, t.at AS came_at,
            lead(t.step) OVER next AS ended_by, lead(t.at) OVER next AS ended_at,
            lead(t.due_at) OVER next AS due_at, lead(t.counted_late) OVER next AS counted_late
        FROM dossiers_transition t
        WHERE t.step IN ({among(BRINGS_IN | SETTLES)}) AND t.at < %(until)s AND t.dossier_id IN (
            SELECT a.dossier_id FROM dossiers_transition a
            WHERE a.step IN ({among(BRINGS_IN - {Step.FILE})})
        )
        WINDOW next AS (PARTITION BY t.dossier_id ORDER BY t.id)
    ) AS each
    WHERE step IN ({among(BRINGS_IN)}) AND agency = ANY(%(agencies)s)
), pending AS MATERIALIZED (
    SELECT d.id AS dossier_id, d.agency, NULL::timestamptz AS came_at
    FROM dossiers_dossier d
    WHERE d.agency = ANY(%(agencies)s) AND d.state IN ({among(UNSETTLED)})
        AND {_ONCE.format("d.id")}
    UNION ALL
    SELECT t.dossier_id, t.agency, NULL
    FROM dossiers_transition t
    WHERE t.agency = ANY(%(agencies)s) AND t.step IN ({among(SETTLES)})
        AND t.at >= %(until)s AND t.filed_at < %(until)s AND {_ONCE.format("t.dossier_id")}
    UNION ALL
    SELECT dossier_id, agency, came_at FROM walked WHERE ended_by IS NULL
), stay AS (
    SELECT dossier_id, agency, procedure, channel, came_at, ended_at, due_at,
        {stands("walked", "ended_at")} AS stands
    FROM walked WHERE ended_by IN ({among(SETTLES)}) AND ended_at >= %(since)s
    UNION ALL
    SELECT p.dossier_id, p.agency, t.procedure, t.channel, coalesce(p.came_at, t.filed_at), NULL,
        coalesce(m.due_at, t.due_at),
        CASE WHEN t.counted_late OR coalesce(m.due_at, t.due_at) < CASE
            WHEN t.state IN ({among(WAITING)}) THEN {_day("t.at")} ELSE {_day("%(until)s")} END
            THEN 'overdue' ELSE 'within' END
    FROM pending p CROSS JOIN LATERAL (
        SELECT x.state, x.procedure, x.channel, x.filed_at, x.at, x.due_at, x.counted_late
        FROM dossiers_transition x
        WHERE x.dossier_id = p.dossier_id AND x.at < %(until)s
            AND x.step NOT IN ({among(ENDS_OPINION)})
        ORDER BY x.id DESC LIMIT 1
    ) AS t LEFT JOIN LATERAL (
        SELECT y.due_at FROM dossiers_duemove y
        WHERE y.dossier_id = p.dossier_id AND y.at < %(until)s AND y.at >= t.at
        ORDER BY y.at DESC, y.id DESC LIMIT 1
    ) AS m ON true
)
"""
"""
The other stays that were settled in the time asked for, and those open at its end.

Of a dossier brought in once, the step that settled it, or its own row while it is open, tells the
whole stay, so that nothing before the period is read. The few others are walked. The end of an
opinion moves nothing: a dossier that waits goes on waiting since its applicant was asked.
"""


class Column(StrEnum):
    """A column of the count, to be listed; ``CAME`` is what is online or direct."""

    RECEIVED = "received"
    CAME = "came"
    ONLINE = "online"
    DIRECT = "direct"
    CARRIED = "carried"
    SETTLED = "settled"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    PENDING = "pending"
    WITHIN = "within"
    OVERDUE = "overdue"


IN_COLUMN = {
    Column.RECEIVED: "true",
    Column.SETTLED: "ended_at IS NOT NULL",
    Column.PENDING: "ended_at IS NULL",
    Column.CAME: "came_at >= %(since)s",
    Column.CARRIED: "came_at < %(since)s",
    Column.ONLINE: f"came_at >= %(since)s AND channel = {ONLINE}",
    Column.DIRECT: f"came_at >= %(since)s AND channel <> {ONLINE}",
    **{
        c: f"stands = '{c}'"
        for c in (Column.EARLY, Column.ON_TIME, Column.LATE, Column.WITHIN, Column.OVERDUE)
    },
}
_COUNTED = (
    Column.ONLINE,
    Column.DIRECT,
    Column.CARRIED,
    Column.EARLY,
    Column.ON_TIME,
    Column.LATE,
    Column.WITHIN,
    Column.OVERDUE,
)
_COUNTS = ", ".join(f"count(*) FILTER (WHERE {IN_COLUMN[column]})" for column in _COUNTED)
_TALLY = f"""{STAYS}
SELECT t.agency, t.procedure,
    count(*) FILTER (WHERE t.filed_at >= %(since)s AND t.channel = {ONLINE}),
    count(*) FILTER (WHERE t.filed_at >= %(since)s AND t.channel <> {ONLINE}),
    count(*) FILTER (WHERE t.filed_at < %(since)s),
    count(*) FILTER (WHERE {_early("t")}),
    count(*) - count(*) FILTER (WHERE {_early("t")}) - count(*) FILTER (WHERE {_late("t")}),
    count(*) FILTER (WHERE {_late("t")}),
    0, 0, sum(t.at - t.filed_at)
{_SETTLED_ONCE} GROUP BY t.agency, t.procedure
UNION ALL
SELECT agency, procedure, {_COUNTS}, coalesce(sum(ended_at - came_at), interval '0')
FROM stay GROUP BY agency, procedure
"""
"""The great part is counted apart and plainly, so that the database shares it among processes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """
    What one agency received, settled and still owes under one procedure in a time.

    ``took`` is the time from coming in to being settled, summed over what was settled.
    """

    agency: str
    procedure: str
    online: int
    direct: int
    carried: int
    early: int
    on_time: int
    late: int
    within: int
    overdue: int
    took: timedelta


@for_rooms
def tallies(agencies: Collection[str], *, since: datetime, until: datetime) -> tuple[Tally, ...]:
    """
    Count per agency and procedure from ``since`` to before ``until``, as known then; 1 statement.

    An agency and a procedure may come twice: add them up.
    """
    asked: dict[str, Any] = {"agencies": list(agencies), "since": since, "until": until}
    with reading("dossiers").cursor() as cursor:
        cursor.execute(_TALLY, asked)
        return tuple(Tally(*row) for row in cursor.fetchall())
