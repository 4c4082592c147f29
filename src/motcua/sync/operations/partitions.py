"""A year's rows as one: made ahead, detached to an archive, attached again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.timezone import localtime
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Composed, Identifier, Literal

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound, Unavailable
from motcua.kernel.text import N_
from motcua.sync.models import ArchivedYear, Refusal

__all__ = [
    "NoSuchYear",
    "YearBusy",
    "YearInUse",
    "archive_year",
    "attach_year",
    "keep_house",
    "years_here",
]

TABLES = {
    "sync_dossier": "year, member, code",
    "sync_status": "year, member, code, at, status, detail",
}
DETAIL, DETAIL_KEY = "sync_detail", "year, member, code, part"
PATIENCE = "5s"
KEPT = timedelta(days=90)


class NoSuchYear(NotFound):
    code = "sync.no-such-year"
    message = N_("There is no partition of the year {year}. Those there are: {years}.")


class YearInUse(Conflict):
    code = "sync.year-in-use"
    message = N_("The year {year} is not over, or ended only lately: its rows still come in.")


class YearBusy(Unavailable):
    code = "sync.year-busy"
    message = N_(
        "Rows are being merged or read just now, so the year {year} was left as it is. Try again "
        "when fewer come in, for instance at night."
    )


def keep_house(*, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """Make the partitions of next year, and forget refused rows of more than 90 days ago."""
    year = localtime(at).year + 1
    if year not in years_here():
        _make(year)
    Refusal.objects.filter(at__lt=at - KEPT).delete()


def years_here() -> list[int]:
    """Return the years that have a partition attached."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = 'sync_status'::regclass"
        )
        names = [row[0].rsplit("_", 1)[1] for row in cursor.fetchall()]
    return sorted(int(name) for name in names if name.isdecimal())


def archive_year(year: int, *, ask: str = "", by: Actor, at: datetime) -> list[str]:  # noqa: ARG001
    """
    Detach a year's partitions; return their names. They stay in the database as plain tables.

    What the old interface told besides goes into a table of its own. Whatever is told of that year
    later is kept in the rest, and joined when it is attached again.

    :param ask: who is to be asked about dossiers of that year, in words
    :raises NoSuchYear: if the year has no partition
    :raises YearInUse: if it ended less than a year ago
    :raises YearBusy: if the tables are in use for five seconds; nothing was changed
    """
    years = years_here()
    if year not in years:
        raise NoSuchYear(year=year, years=", ".join(map(str, years)))
    if year >= localtime(at).year - 1:
        raise YearInUse(year=year)
    with _locking(year) as cursor:
        for table in TABLES:
            cursor.execute(_alter(table, year, "DETACH PARTITION {part}"))
        for text in (
            "LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE",
            "CREATE TABLE {part} (LIKE {table})",
            "INSERT INTO {part} SELECT * FROM {table} WHERE year = {year}",
            "DELETE FROM {table} WHERE year = {year}",
        ):
            cursor.execute(SQL(text).format(**_names(DETAIL, year)))
        facts = {"ask": ask[:200], "at": at}
        ArchivedYear.objects.update_or_create(year=year, defaults=facts)
    return [f"{table}_{year}" for table in (*TABLES, DETAIL)]


def attach_year(year: int, *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """
    Attach a year again; what was told of it meanwhile is merged into it.

    Return how many rows that added or changed.

    :raises NoSuchYear: if it was not archived here
    :raises YearBusy: if the tables are in use for five seconds; nothing was changed
    """
    if year in years_here() or not _is_here(year):
        raise NoSuchYear(year=year, years=", ".join(map(str, years_here())))
    with _locking(year) as cursor:
        moved = _attach(year, cursor)
        if f"{DETAIL}_{year}" in connection.introspection.table_names():
            _take_back_details(year, cursor)
        ArchivedYear.objects.filter(year=year).delete()
    return moved


def _make(year: int) -> None:
    with _locking(year) as cursor:
        for table in TABLES:
            make = SQL("CREATE TABLE {part} (LIKE {table} INCLUDING ALL)")
            cursor.execute(make.format(**_names(table, year)))
        _attach(year, cursor)


def _attach(year: int, cursor: Any) -> int:
    """Move what the rest holds of a year into its tables, and attach them."""
    moved = 0
    for table, key in TABLES.items():
        cursor.execute(
            SQL(
                "WITH moved AS (DELETE FROM {rest} WHERE year = {year} RETURNING {columns}) "
                "INSERT INTO {part} AS held ({columns}) SELECT {columns} FROM moved "
                "ON CONFLICT ({key}) {later}"
            ).format(
                rest=Identifier(f"{table}_rest"),
                key=SQL(key),
                columns=SQL(", ").join(map(Identifier, _columns(table))),
                later=SQL("DO NOTHING") if table == "sync_status" else _later(table, key),
                **_names(table, year),
            )
        )
        moved += cursor.rowcount
        cursor.execute(_alter(table, year, "ATTACH PARTITION {part} FOR VALUES IN ({year})"))
    return moved


def _take_back_details(year: int, cursor: Any) -> None:
    """Join the details of a year with those that were told meanwhile."""
    names = _names(DETAIL, year)
    columns = [name for name in _columns(DETAIL) if name != "id"]
    cursor.execute(
        SQL(
            "INSERT INTO {table} AS held ({columns}) SELECT {columns} FROM {part} "
            "ON CONFLICT ({key}) {later}"
        ).format(
            key=SQL(DETAIL_KEY),
            columns=SQL(", ").join(map(Identifier, columns)),
            later=_later(DETAIL, DETAIL_KEY),
            **names,
        )
    )
    cursor.execute(SQL("DROP TABLE {part}").format(**names))


def _later(table: str, key: str) -> Composed:
    """Return what happens where both hold a row: the later one is kept."""
    names = [name for name in _columns(table) if name not in {"id", *key.split(", ")}]
    changes = SQL(", ").join(SQL("{0} = excluded.{0}").format(Identifier(name)) for name in names)
    return SQL(
        "DO UPDATE SET {} WHERE (held.as_of, held.hash) < (excluded.as_of, excluded.hash)"
    ).format(changes)


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


def _is_here(year: int) -> bool:
    return all(f"{table}_{year}" in connection.introspection.table_names() for table in TABLES)


def _names(table: str, year: int) -> dict[str, Identifier | Literal]:
    part = Identifier(f"{table}_{year}")
    return {"table": Identifier(table), "part": part, "year": Literal(year)}


def _alter(table: str, year: int, what: str) -> Composed:
    return SQL("ALTER TABLE {table} " + what).format(**_names(table, year))


@contextmanager
def _locking(year: int) -> Iterator[Any]:
    """Run statements in one transaction that waits five seconds for each lock, and no longer."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            yield cursor
    except OperationalError as reason:
        if isinstance(reason.__cause__, LockNotAvailable):
            raise YearBusy(year=year) from reason
        raise
