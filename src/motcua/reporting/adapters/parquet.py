"""Rows as Parquet files in folders by year, month and first-level agency; begun again anywhere."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.kernel.errors import Conflict, Unavailable
from motcua.kernel.text import N_

PROGRESS = "_progress.json"
PARTED = ("journal", "steps", "moves")
NOWHERE = "year=0/month=0/member=none"


class NoParquet(Unavailable):
    code = "reporting.no-parquet"
    message = N_("Writing Parquet needs the extra “analytics”: pip install motcua[analytics].")


class OtherFolder(Conflict):
    code = "reporting.other-folder"
    message = N_(
        "The files there begin at another day or have pseudonyms of another key. "
        "Choose another folder, or the same day and key as before."
    )


_COLUMNS = {
    "journal": "id:int64 name:string subject:string by:string agency:string at:time facts:string",
    "steps": (
        "id:int64 dossier:string step:string before:string state:string brings_in:bool "
        "settles:bool waits:bool work:string agency:string procedure:string channel:int16 "
        "due_at:time due_day:date counted_late:bool at:time day:date reporting_month:string "
        "worked:int64"
    ),
    "moves": "id:int64 dossier:string agency:string at:time day:date due_at:time due_day:date",
    "fields": "procedure:string field:string valid_from:time",
}
"""Columns of each kind of file; times are microseconds in UTC, days those of Việt Nam."""


@dataclass(frozen=True, slots=True)
class Folder:
    """
    A folder that an export writes into, again and again.

    A file is named by the first id of its batch and put in its place whole; only then is the batch
    noted. So a run that was cut off writes the same files over and nothing is there twice.
    """

    path: Path

    def begin(self, **marks: str) -> None:
        """
        Make the folder where needed and note what all its files have in common.

        Of each kind there is a file without rows, so that engines know its columns in any case.

        :raises OtherFolder: if something else was noted before
        """
        self.path.mkdir(parents=True, exist_ok=True)
        noted = self._noted()
        if any(noted.get(name, mark) != mark for name, mark in marks.items()):
            raise OtherFolder
        for kind in PARTED:
            self._put(kind, (), self.path / kind / NOWHERE / "none.parquet")
        self._note(noted | marks)

    def after(self, kind: str) -> int:
        """Return the id of the last row of a kind that is there."""
        return int(self._noted().get(kind, 0))

    def write(
        self, kind: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, first: int, last: int
    ) -> None:
        """Write a batch, its rows by folder, and note that it is there up to ``last``."""
        for place, some in rows.items():
            self._put(kind, some, self.path / kind / place / f"{first:012}.parquet")
        self._note(self._noted() | {kind: last})

    def replace(self, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the one file of a kind anew."""
        self._put(kind, list(rows), self.path / kind / "all.parquet")

    def _put(self, kind: str, rows: Sequence[Mapping[str, Any]], file: Path) -> None:
        arrow, parquet = _arrow()
        types = {
            "time": arrow.timestamp("us", tz="UTC"),
            "date": arrow.date32(),
            "string": arrow.string(),
            "bool": arrow.bool_(),
            "int64": arrow.int64(),
            "int16": arrow.int16(),
        }
        columns = [column.split(":") for column in _COLUMNS[kind].split()]
        schema = arrow.schema([(name, types[type_]) for name, type_ in columns])
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        table = arrow.Table.from_pylist(list(rows), schema=schema)
        parquet.write_table(table, new, compression="zstd")
        new.replace(file)

    def _noted(self) -> dict[str, Any]:
        file = self.path / PROGRESS
        return dict(json.loads(file.read_text())) if file.exists() else {}

    def _note(self, noted: dict[str, Any]) -> None:
        new = self.path / f"{PROGRESS}.new"
        new.write_text(json.dumps(noted))
        new.replace(self.path / PROGRESS)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415 (an extra)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise NoParquet from error
    return pyarrow, pyarrow.parquet
