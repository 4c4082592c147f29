"""The exported files as tables of DuckDB or of Spark."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis import Table


@dataclass(frozen=True, slots=True)
class Tables:
    """What was exported: the same columns on every engine."""

    journal: Table
    steps: Table
    moves: Table
    fields: Table


def on_duckdb(folder: Path) -> Tables:
    """Read the files on DuckDB, in this process."""
    con = ibis.duckdb.connect()
    con.raw_sql("SET TimeZone = 'UTC'")

    def read(kind: str) -> Table:
        files = str(folder / kind / "**" / "*.parquet")
        return con.read_parquet(files, table_name=kind, hive_partitioning=True)

    return _tables(read)


def on_spark(folder: Path, session: Any) -> Tables:
    """Read the files on Spark; needs the extra ``spark`` and Java."""
    con = ibis.pyspark.connect(session)
    con.raw_sql("SET TIME ZONE 'UTC'")

    def read(kind: str) -> Table:
        return con.read_parquet(str(folder / kind), table_name=kind)

    return _tables(read)


def _tables(read: Callable[[str], Table]) -> Tables:
    return Tables(
        journal=read("journal"), steps=read("steps"), moves=read("moves"), fields=read("fields")
    )
