"""
A short message merged by one statement.

It waits for the member's turn, moves the stream's cursor and merges the rows, or does nothing of
it; outside of a transaction it commits by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from motcua.backbone.database.packed import Packed
from motcua.backbone.statements import Statement
from motcua.sync.models.staging import DOSSIER_CHANGES, Merged
from motcua.sync.rules.columns import arrays_of
from motcua.sync.rules.decoding import DOSSIER_COLUMNS, STATUS_COLUMNS

__all__ = ["Place", "merge_briefly"]

_TYPES = {
    "bigint": {"detail", "hash"},
    "smallint": {"year", "status", "kind", "channel", "flags"},
    "timestamptz": {
        *("at", "told_at", "as_of", "since", "filed_at"),
        *("received_at", "due_at", "done_at", "returned_at"),
    },
    "uuid": {"person"},
}
_TEXT = """
WITH turn AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(%s, %s) FROM set_config('lock_timeout', %s, true)
), stream AS (
  INSERT INTO sync_stream AS held (member, stream, cursor, begun_at, moved_at)
  SELECT given.* FROM turn, (
    VALUES (%s::text, %s::text, %s::bigint, %s::timestamptz, %s::timestamptz)
  ) AS given
  ON CONFLICT (member, stream) DO UPDATE
  SET cursor = greatest(held.cursor, %s), moved_at = excluded.moved_at
  WHERE held.cursor >= %s
  RETURNING coalesce(old.cursor, 0) AS before, new.cursor
){statuses}{dossiers}
SELECT cursor, {new_statuses}, {new_dossiers}, {changed_dossiers} FROM stream WHERE before >= %s
"""
"""Rows are taken only behind a cursor that has come up to the first of them."""
_STATUSES = """, statuses AS (
  INSERT INTO sync_status ({columns})
  SELECT row.* FROM stream, unnest({arrays}) AS row WHERE before >= %s
  ON CONFLICT DO NOTHING RETURNING 1
)"""
_DOSSIERS = """, dossiers AS (
  INSERT INTO sync_dossier AS held ({columns})
  SELECT row.* FROM stream, unnest({arrays}) AS row WHERE before >= %s
  {changes} RETURNING old.code IS NULL AS is_new
)"""


class Place(NamedTuple):
    """Rows ``first`` to before ``end`` of a member's stream, and the lock that is its turn."""

    member: str
    stream: str
    first: int
    end: int
    turn: tuple[int, int]
    patience: float


class Brief(NamedTuple):
    """How far the stream is now, and how many statuses and dossiers were new or changed."""

    cursor: int
    statuses: int
    dossiers: Merged


def merge_briefly(
    place: Place, statuses: Sequence[bytes], dossiers: Sequence[bytes], *, at: datetime
) -> Brief | None:
    """
    Merge rows; return what became of them, or nothing if rows before ``first`` have not come.

    The turn is held until the transaction ends.

    :param statuses: as COPY takes them
    :param dossiers: likewise, at most one a code
    :raises OperationalError: if the turn is not free within ``patience`` seconds
    """
    known = place.end if place.first == 0 else 0
    values = [*place.turn, f"{place.patience:.3f}s", place.member, place.stream, known, at, at]
    values += [place.end, place.first]
    if statuses:
        values += [*map(Packed, arrays_of(statuses, _types(STATUS_COLUMNS))), place.first]
    if dossiers:
        values += [*map(Packed, arrays_of(dossiers, _types(DOSSIER_COLUMNS))), place.first]
    row = _merging(bool(statuses), bool(dossiers)).first(*values, place.first)
    return None if row is None else Brief(row[0], row[1], Merged(row[2], row[3]))


@lru_cache
def _merging(statuses: bool, dossiers: bool) -> Statement:  # noqa: FBT001 (which parts it has)
    is_new = "(SELECT count(*) FROM dossiers WHERE {}is_new)"
    return Statement(
        _TEXT.format(
            statuses=_part(_STATUSES, STATUS_COLUMNS) if statuses else "",
            dossiers=_part(_DOSSIERS, DOSSIER_COLUMNS) if dossiers else "",
            new_statuses="(SELECT count(*) FROM statuses)" if statuses else "0",
            new_dossiers=is_new.format("") if dossiers else "0",
            changed_dossiers=is_new.format("NOT ") if dossiers else "0",
        )
    )


def _part(text: str, columns: str) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in _types(columns))
    return text.format(columns=columns, arrays=arrays, changes=DOSSIER_CHANGES)


@lru_cache
def _types(columns: str) -> tuple[str, ...]:
    """Return the types of columns; those that nothing else is said of are text."""
    known = {name: kind for kind, names in _TYPES.items() for name in names}
    return tuple(known.get(name, "text") for name in columns.split(", "))
