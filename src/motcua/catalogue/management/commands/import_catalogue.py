"""``motcua import-catalogue FILE``: take a file of procedures in."""

import csv
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import astuple
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from motcua.catalogue.operations.importing import Report, import_procedures
from motcua.catalogue.rules.sources import records_in
from motcua.kernel.actors import Actor

STEP = 250
MOST_EXAMPLES = 3


class Command(BaseCommand):
    help = (
        "Take procedures in from a file: JSON, JSON lines (also .gz), or the portal's LayThuTuc "
        "answer. The same file again changes nothing; a changed record becomes a new version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="compare and report, write nothing"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write every doubt to FILE as CSV"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as stream:
                report = import_procedures(
                    records_in(stream),
                    source=file.name,
                    by=Actor.system("import-catalogue"),
                    at=now(),
                    dry_run=options["dry_run"],
                    progress=self._progress,
                )
            if options["report"]:
                write_report(report, options["report"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        self._tell(report, written=not options["dry_run"])
        if options["report"]:
            self.stdout.write(f"Every doubt is in {options['report']}")
        if report.counts["refused"] and not report.read:
            raise CommandError("No record of this file could be read.")

    def _progress(self, read: int) -> None:
        if read % STEP == 0 and sys.stderr.isatty():
            self.stderr.write(f"\r{read:,} records", ending="")

    def _tell(self, report: Report, *, written: bool) -> None:
        c = report.counts
        self.stdout.write(
            f"{report.source}: {report.read:,} procedures read, {c['refused']:,} records refused"
        )
        self.stdout.write(
            f"  {c['added']:,} new, {c['changed']:,} changed, {c['reread']:,} read again, "
            f"{c['same']:,} as they were" + ("" if written else " (dry run: nothing was written)")
        )
        if report.rows:
            share = report.rows_with_limit / report.rows
            self.stdout.write(
                f"  {report.rows_with_limit:,} of {report.rows:,} channel rows ({share:.1%}) have "
                "a limit with number and unit"
            )
        kinds = Counter((d.at, d.why) for d in report.doubts)
        for (at, why), times in kinds.most_common():
            self.stdout.write(f"  {times:6,}  {at}: {why}")
            same = [d for d in report.doubts if (d.at, d.why) == (at, why)]
            for d in same[:MOST_EXAMPLES]:
                words = f"  {d.text[:70]!r}" if d.text else ""
                self.stdout.write(f"          {d.place} {d.code}{words}")


def write_report(report: Report, file: Path) -> None:
    """Write every doubt as one row of a table: place, code, field, reason, words."""
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["place", "code", "field", "why", "text"])
        rows.writerows(astuple(doubt) for doubt in report.doubts)
