"""The measures of quality, set-wise: each one statement over one member's rows of some years."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.backbone.statements import Statement

__all__ = [
    "changes_between",
    "counted_persons",
    "counted_statuses",
    "ends_missing",
    "going_backwards",
    "procedures_told",
    "statuses_before_filing",
    "statuses_without_dossier",
    "values_unread",
]

_PERSONS = Statement(
    """
    SELECT count(*),
        count(*) FILTER (WHERE flags & 7 = 2), (array_agg(code) FILTER (WHERE flags & 7 = 2))[1:5],
        count(*) FILTER (WHERE flags & 7 = 1), (array_agg(code) FILTER (WHERE flags & 7 = 1))[1:5],
        count(*) FILTER (WHERE flags & 7 = 4), (array_agg(code) FILTER (WHERE flags & 7 = 4))[1:5]
    FROM sync_dossier WHERE year = ANY(%s) AND member = %s
    """
)
_UNREAD = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE flags > 7),
        (array_agg(code) FILTER (WHERE flags > 7))[1:5],
        bit_or(flags) FILTER (WHERE flags > 7)
    FROM sync_dossier WHERE year = ANY(%s) AND member = %s
    """
)
_STATUSES = Statement(
    "SELECT status, count(*) FROM sync_status WHERE year = ANY(%s) AND member = %s GROUP BY status"
)
_ENDS = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE NOT has_end),
        (array_agg(code) FILTER (WHERE NOT has_end))[1:5]
    FROM (
        SELECT d.code, d.done_at IS NOT NULL OR d.returned_at IS NOT NULL AS has_end
        FROM sync_dossier d
        JOIN (
            SELECT DISTINCT year, code FROM sync_status
            WHERE year = ANY(%s) AND member = %s AND status IN (9, 10)
        ) s USING (year, code)
        WHERE d.member = %s
    ) done
    """
)
_BACKWARDS = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE odd), (array_agg(code) FILTER (WHERE odd))[1:5]
    FROM (
        SELECT code, coalesce(done_at < filed_at, false) OR coalesce(received_at < filed_at, false)
            OR coalesce(due_at < filed_at, false) OR coalesce(returned_at < done_at, false)
            OR coalesce(settled < begun, false) AS odd
        FROM sync_dossier d LEFT JOIN (
            SELECT year, code, min(at) FILTER (WHERE status IN (9, 10)) AS settled,
                min(at) FILTER (WHERE status IN (1, 2)) AS begun
            FROM sync_status WHERE year = ANY(%s) AND member = %s GROUP BY year, code
        ) s USING (year, code)
        WHERE d.year = ANY(%s) AND d.member = %s
    ) each
    """
)
_BEFORE_FILING = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE first < filed_at),
        (array_agg(code) FILTER (WHERE first < filed_at))[1:5]
    FROM sync_dossier d JOIN (
        SELECT year, code, min(at) AS first FROM sync_status
        WHERE year = ANY(%s) AND member = %s GROUP BY year, code
    ) s USING (year, code)
    WHERE d.year = ANY(%s) AND d.member = %s AND d.filed_at IS NOT NULL
    """
)
_FROM_FUTURE = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE at > told_at + interval '1 day'),
        (array_agg(code) FILTER (WHERE at > told_at + interval '1 day'))[1:5]
    FROM sync_status WHERE year = ANY(%s) AND member = %s
    """
)
_CHANGES = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE at >= %s),
        (array_agg(code) FILTER (WHERE at >= %s))[1:5]
    FROM sync_status s JOIN (
        SELECT year, code, min(told_at) AS first FROM sync_status
        WHERE year = ANY(%s) AND member = %s GROUP BY year, code
    ) f USING (year, code)
    WHERE s.year = ANY(%s) AND s.member = %s AND s.at >= %s AND s.at < %s
        AND s.told_at > f.first + interval '1 day'
    """
)
_NO_DOSSIER = Statement(
    """
    SELECT count(*), count(*) FILTER (WHERE NOT known),
        (array_agg(code) FILTER (WHERE NOT known))[1:5]
    FROM (
        SELECT code, EXISTS (
            SELECT FROM sync_dossier d
            WHERE d.year = s.year AND d.member = s.member AND d.code = s.code
        ) AS known
        FROM (
            SELECT DISTINCT year, member, code FROM sync_status
            WHERE year = ANY(%s) AND member = %s
        ) s
    ) each
    """
)
_PROCEDURES = Statement(
    "SELECT procedure, count(*), min(code) FROM sync_dossier "
    "WHERE year = ANY(%s) AND member = %s GROUP BY procedure"
)
Counted = tuple[int, int, tuple[str, ...]]


def counted_persons(years: list[int], member: str) -> tuple[int, list[tuple[int, tuple[str, ...]]]]:
    """Return how many dossiers, and of those with a made-up, no, and a wrong number: how many."""
    row = _row(_PERSONS, years, member)
    parts = zip(row[1::2], row[2::2], strict=True)
    return row[0], [(count, tuple(examples or ())) for count, examples in parts]


def values_unread(years: list[int], member: str) -> tuple[Counted, int]:
    """Return how many dossiers there are, how many lack what could not be read; what, as marks."""
    row = _row(_UNREAD, years, member)
    return _counted(row), row[3] or 0


def counted_statuses(years: list[int], member: str) -> dict[int, int]:
    """Return how often each status was told."""
    return dict(_STATUSES.all(years, member))


def ends_missing(years: list[int], member: str) -> Counted:
    """Return how many dossiers are done, and of those how many without an end date."""
    return _counted(_row(_ENDS, years, member, member))


def going_backwards(years: list[int], member: str) -> Counted:
    """Return how many dossiers there are, and of those how many with times in a wrong order."""
    return _counted(_row(_BACKWARDS, years, member, years, member))


def statuses_before_filing(years: list[int], member: str) -> Counted:
    """Return how many dossiers have both, and of those how many a status before their filing."""
    return _counted(_row(_BEFORE_FILING, years, member, years, member))


def statuses_of_the_future(years: list[int], member: str) -> Counted:
    """Return how many statuses there are, and how many are a day later than when we were told."""
    return _counted(_row(_FROM_FUTURE, years, member))


def changes_between(
    years: list[int], member: str, since: datetime, until: datetime, *, quarter: datetime
) -> Counted:
    """
    Return how many changes from ``quarter`` to ``until``, and how many of those ``since``.

    A change is a status of a dossier of which another was told more than a day before.
    """
    rows = years, member
    return _counted(_row(_CHANGES, since, since, *rows, *rows, quarter, until))


def statuses_without_dossier(years: list[int], member: str) -> Counted:
    """Return how many dossiers have a status, and of those how many were not told themselves."""
    return _counted(_row(_NO_DOSSIER, years, member))


def procedures_told(years: list[int], member: str) -> list[tuple[str, int, str]]:
    """Return the codes of procedures told, of how many dossiers, and one such dossier."""
    return [(row[0], row[1], row[2]) for row in _PROCEDURES.all(years, member)]


def _row(statement: Statement, *values: Any) -> Sequence[Any]:
    return statement.first(*values) or ()


def _counted(row: Sequence[Any]) -> Counted:
    return row[0], row[1], tuple(row[2] or ())
