"""
Batches written by COPY: the writing side of the partitioned tables.

A batch goes straight into the table where all its rows may be new. Where the database finds that
one is not, it goes into a staging table of the connection's own, which empties itself at the end of
the transaction, and is merged set-wise from there.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from motcua.sync.rules.decoding import DOSSIER_COLUMNS, STATUS_COLUMNS

__all__ = ["DOSSIER_CHANGES", "Merged", "Writer"]

_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
FEWEST = 500
"""Dossiers from which it is worth trying whether all are new: few are told anew as they change."""

_STAGE = (
    "CREATE TEMP TABLE IF NOT EXISTS {0}_staged (LIKE {0}) ON COMMIT DELETE ROWS; "
    "DELETE FROM {0}_staged"
)
_COPY = "COPY {} ({}) FROM STDIN WITH (FORMAT binary)"
_STATUSES = f"""
INSERT INTO sync_status ({STATUS_COLUMNS})
SELECT {STATUS_COLUMNS} FROM sync_status_staged
ON CONFLICT DO NOTHING
"""  # noqa: S608 (our own names)
_KEY = {"year", "member", "code"}
_CHANGES = ", ".join(f"{x} = excluded.{x}" for x in DOSSIER_COLUMNS.split(", ") if x not in _KEY)
DOSSIER_CHANGES = f"""
    ON CONFLICT (year, member, code) DO UPDATE SET {_CHANGES}
    WHERE (held.as_of, held.hash) < (excluded.as_of, excluded.hash)
"""
"""What becomes of a dossier that is there already: of ``held`` and what comes the later one."""
_DOSSIERS = f"""
WITH merged AS (
    INSERT INTO sync_dossier AS held ({DOSSIER_COLUMNS})
    SELECT {DOSSIER_COLUMNS} FROM sync_dossier_staged
    {DOSSIER_CHANGES}
    RETURNING old.code IS NULL AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM merged
"""  # noqa: S608 (our own names)


class Merged(NamedTuple):
    """How many rows were new, and how many changed what was there."""

    new: int
    changed: int = 0


class Writer:
    """
    Merges batches into the two tables; its calls need a transaction.

    :param fresh: expect rows that nobody told us before, until one shows that this is wrong
    """

    def __init__(self, *, fresh: bool) -> None:
        self._fresh = {"sync_status": fresh, "sync_dossier": fresh}
        self._staged = set[str]()

    def statuses(self, rows: Sequence[bytes]) -> int:
        """Add statuses to the set; return how many were new."""
        if self._all_new("sync_status", STATUS_COLUMNS, rows):
            return len(rows)
        with connection.cursor() as cursor:
            self._stage(cursor, "sync_status", STATUS_COLUMNS, rows)
            cursor.execute(_STATUSES)
            return int(cursor.rowcount)

    def dossiers(self, rows: Sequence[bytes]) -> Merged:
        """Keep the later record of each dossier; ``rows`` have at most one a code."""
        many = len(rows) >= FEWEST or not rows
        if many and self._all_new("sync_dossier", DOSSIER_COLUMNS, rows):
            return Merged(len(rows))
        with connection.cursor() as cursor:
            self._stage(cursor, "sync_dossier", DOSSIER_COLUMNS, rows)
            cursor.execute(_DOSSIERS)
            return Merged(*(cursor.fetchone() or (0,)))

    def _stage(self, cursor: Any, table: str, columns: str, rows: Sequence[bytes]) -> None:
        """Write rows into a table's staging table, which is made when it is first needed."""
        if table not in self._staged:
            cursor.execute(_STAGE.format(table))
            self._staged.add(table)
        _copy(cursor, f"{table}_staged", columns, rows)

    def _all_new(self, table: str, columns: str, rows: Sequence[bytes]) -> bool:
        """Write rows straight into their table; tell whether that was possible."""
        if not rows:
            return True
        if not self._fresh[table]:
            return False
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _copy(cursor, table, columns, rows)
        except UniqueViolation:
            self._fresh[table] = False
            return False
        return True


def _copy(cursor: Any, table: str, columns: str, rows: Sequence[bytes]) -> None:
    with cursor.copy(_COPY.format(table, columns)) as copy:
        copy.write(b"".join([_HEAD, *rows, _TRAILER]))
