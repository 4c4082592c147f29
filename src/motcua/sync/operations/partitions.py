"""A year's rows as one: made ahead, detached to an archive, attached again."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.timezone import localtime
from psycopg.sql import SQL, Composed, Identifier, Literal

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_
from motcua.sync.models import Refusal

__all__ = ["NoSuchYear", "YearInUse", "archive_year", "attach_year", "keep_house", "years_here"]

TABLES = {
    "sync_dossier": "year, member, code",
    "sync_status": "year, member, code, at, status, detail",
}
PATIENCE = "5s"
KEPT = timedelta(days=90)


class NoSuchYear(NotFound):
    code = "sync.no-such-year"
    message = N_("There is no partition of the year {year}. Those there are: {years}.")


class YearInUse(Conflict):
    code = "sync.year-in-use"
    message = N_("The year {year} is not over, or ended only lately: its rows still come in.")


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


def archive_year(year: int, *, by: Actor, at: datetime) -> list[str]:  # noqa: ARG001
    """
    Detach a year's partitions; return their names. They stay in the database as plain tables.

    Whatever is told of that year later is kept in the rest, and joined when it is attached again.

    :raises NoSuchYear: if the year has no partition
    :raises YearInUse: if it ended less than a year ago
    """
    years = years_here()
    if year not in years:
        raise NoSuchYear(year=year, years=", ".join(map(str, years)))
    if year >= localtime(at).year - 1:
        raise YearInUse(year=year)
    _run(*(_alter(table, year, "DETACH PARTITION {part}") for table in TABLES))
    return [f"{table}_{year}" for table in TABLES]


def attach_year(year: int, *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """
    Attach a year again; what was told of it meanwhile is merged into it.

    Return how many rows that added or changed.

    :raises NoSuchYear: if it was not archived here
    """
    if year in years_here() or not _is_here(year):
        raise NoSuchYear(year=year, years=", ".join(map(str, years_here())))
    return _attach(year)


def _make(year: int) -> None:
    with transaction.atomic():
        _run(
            *(
                SQL("CREATE TABLE {part} (LIKE {table} INCLUDING ALL)").format(
                    part=Identifier(f"{table}_{year}"), table=Identifier(table)
                )
                for table in TABLES
            )
        )
        _attach(year)


def _attach(year: int) -> int:
    """Move what the rest holds of a year into its tables, and attach them."""
    moved = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        for table, key in TABLES.items():
            names = {
                "part": Identifier(f"{table}_{year}"),
                "rest": Identifier(f"{table}_rest"),
                "key": SQL(key),
                "year": Literal(year),
                "columns": SQL(", ").join(map(Identifier, _columns(table))),
                "later": _later(table),
            }
            cursor.execute(
                SQL(
                    "WITH moved AS (DELETE FROM {rest} WHERE year = {year} RETURNING {columns}) "
                    "INSERT INTO {part} AS held ({columns}) SELECT {columns} FROM moved "
                    "ON CONFLICT ({key}) {later}"
                ).format(**names)
            )
            moved += cursor.rowcount
            cursor.execute(_alter(table, year, "ATTACH PARTITION {part} FOR VALUES IN ({year})"))
    return moved


def _later(table: str) -> Composed | SQL:
    """Return what happens where both hold a row: the later record of a dossier is kept."""
    if table == "sync_status":
        return SQL("DO NOTHING")
    names = [name for name in _columns(table) if name not in TABLES[table].split(", ")]
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


def _alter(table: str, year: int, what: str) -> Composed:
    names = {"part": Identifier(f"{table}_{year}"), "year": Literal(year)}
    return SQL("ALTER TABLE {} ").format(Identifier(table)) + SQL(what).format(**names)


def _run(*statements: Composed) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        for statement in statements:
            cursor.execute(statement)
