"""``motcua sync``: push rows to another member, tell parents, put a year away and back."""

import gzip
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from motcua.kernel.actors import Actor
from motcua.sync.management.subcommands import parents, systems
from motcua.sync.operations.partitions import archive_year, attach_year
from motcua.sync.operations.pushing import Pushed, push

ARCHIVED = """{tables} are plain tables now; the portal no longer reads them.
Keep them elsewhere, for example:
  pg_dump -Fc {dumps} -f {year}.dump "$DATABASE_URL"
and drop them. To have the year back, restore the dump and run
  motcua sync attach {year}
"""


class Command(BaseCommand):
    """Other agencies' dossiers, from the command line."""

    help = "Push dossiers to another member, tell parents of ours; archive a year, attach it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what each subcommand needs."""
        into = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        pushing = into.add_parser("push", help="send files of rows; goes on where it stopped")
        pushing.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".ndjson or .gz")
        pushing.add_argument("--to", required=True, metavar="MEMBER", help="000.00.00.G14")
        pushing.add_argument("--as", dest="consumer", metavar="MEMBER", help="which of ours sends")
        pushing.add_argument("--stream", help="name of the stream (the first file's by default)")
        told = into.add_parser("parent", help="whom our own dossiers are told, and how far")
        parents.arguments(told)
        there = into.add_parser("system", help="accounts of systems that speak the old interface")
        systems.arguments(there)
        for name, text in (
            ("archive", "detach a year, so that it can be kept elsewhere"),
            ("attach", "attach an archived year again"),
        ):
            one = into.add_parser(name, help=text)
            one.add_argument("year", type=int, metavar="YEAR")
            if name == "archive":
                one.add_argument("--ask", default="", help="who is asked about it from now on")

    def handle(self, *_: Any, subcommand: str, **options: Any) -> None:
        """Run one."""
        actions = {
            "push": self._push,
            "parent": self._parent,
            "system": self._system,
            "archive": self._archive,
            "attach": self._attach,
        }
        actions[subcommand](options)

    def _parent(self, options: dict[str, Any]) -> None:
        parents.run(options, self.stdout.write)

    def _system(self, options: dict[str, Any]) -> None:
        systems.run(options, self.stdout.write)

    def _push(self, options: dict[str, Any]) -> None:
        files: list[Path] = options["files"]
        if missing := [str(path) for path in files if not path.is_file()]:
            raise CommandError(f"No such file: {', '.join(missing)}")
        pushed = push(
            _rows(files),
            to=options["to"],
            stream=options["stream"] or files[0].name.split(".")[0],
            clock=now,
            consumer=options["consumer"],
            told=self._tell,
        )
        self._tell(pushed)
        for run in pushed.refused:
            self.stdout.write(
                f"  rows {run['from']}–{run['to']}: {run['reason']}: {run['example']}"
            )

    def _tell(self, pushed: Pushed) -> None:
        counts = ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in pushed.counts.items())
        self.stdout.write(f"{pushed.cursor:,} rows are with them. {counts}")

    def _archive(self, options: dict[str, Any]) -> None:
        tables = archive_year(
            options["year"], ask=options["ask"], by=Actor.system("command"), at=now()
        )
        dumps = " ".join(f"-t {table}" for table in tables)
        told = ARCHIVED.format(tables=", ".join(tables), dumps=dumps, year=options["year"])
        self.stdout.write(told)

    def _attach(self, options: dict[str, Any]) -> None:
        moved = attach_year(options["year"], by=Actor.system("command"), at=now())
        self.stdout.write(f"{options['year']} is attached; {moved:,} rows told meanwhile joined.")


def _rows(files: list[Path]) -> Iterator[bytes]:
    """Yield the lines of files as one stream, each with its end."""
    for path in files:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for line in lines:
                yield line if line.endswith(b"\n") else line + b"\n"
