"""Bring the tables of units and electronic ids up to date with what the package carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from motcua.agencies.adapters import reference
from motcua.agencies.events import ReferenceLoaded
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor

__all__ = ["Loaded", "load_electronic_ids", "load_units"]

_UNITS_IN = """
CREATE TEMPORARY TABLE unit_in (
    level text, code text, parent text, kind text, name text, valid_from date, valid_to date
) ON COMMIT DROP
"""
_UNITS = """
INSERT INTO agencies_unit AS u (level, code, parent, kind, name, valid_from, valid_to)
SELECT level, code, parent, kind, name, valid_from, valid_to FROM unit_in
ON CONFLICT (level, code, valid_from) DO UPDATE
SET parent = excluded.parent, kind = excluded.kind, name = excluded.name,
    valid_to = excluded.valid_to
WHERE (u.parent, u.kind, u.name, u.valid_to)
    IS DISTINCT FROM (excluded.parent, excluded.kind, excluded.name, excluded.valid_to)
"""
_IDS_IN = """
CREATE TEMPORARY TABLE electronic_id_in (code text, name text, verified boolean) ON COMMIT DROP
"""
_IDS = """
INSERT INTO agencies_electronicid AS e (code, name, verified)
SELECT code, name, verified FROM electronic_id_in
ON CONFLICT (code) DO UPDATE SET name = excluded.name, verified = excluded.verified
WHERE (e.name, e.verified) IS DISTINCT FROM (excluded.name, excluded.verified)
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows the package carries, and how many of them were new or different."""

    rows: int
    changed: int


@one_transaction
def load_units(*, by: Actor, at: datetime) -> Loaded:
    """Load every administrative unit of every period; again, it changes only what differs."""
    rows = [(*row[:5], row.valid_from or None, row.valid_to or None) for row in reference.units()]
    return _load("units", rows, _UNITS_IN, _UNITS, by=by, at=at)


@one_transaction
def load_electronic_ids(*, by: Actor, at: datetime) -> Loaded:
    """Load the first-level electronic ids; again, it changes only what differs."""
    rows = list(reference.electronic_ids())
    return _load("electronic-ids", rows, _IDS_IN, _IDS, by=by, at=at)


def _load(
    what: str,
    rows: Sequence[tuple[str | None, ...]],
    make: str,
    merge: str,
    *,
    by: Actor,
    at: datetime,
) -> Loaded:
    table = make.split()[3]
    with connection.cursor() as cursor:
        cursor.execute(make)
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(merge)
        loaded = Loaded(len(rows), cursor.rowcount)
        cursor.execute(f"DROP TABLE {table}")
    if loaded.changed:
        told = ReferenceLoaded(subject=what, rows=loaded.rows, changed=loaded.changed)
        announce(told, by=by, at=at)
    return loaded
