"""``motcua export journal``: files for analysis, under pseudonyms, added to at each run."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.kernel.actors import Actor
from motcua.reporting.operations.exporting import export_journal


class Command(BaseCommand):
    help = "Write the journal and the steps of dossiers as Parquet, without names or free text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["journal"])
        parser.add_argument("--since", type=date.fromisoformat, required=True, metavar="2026-01-01")
        parser.add_argument("--to", type=Path, required=True, metavar="DIR")

    def handle(self, *, since: date, to: Path, **_: Any) -> None:
        at = now()
        key = settings.EXPORT_KEY.encode()
        found = export_journal(to, key=key, since=since, by=Actor.system("export"), at=at)
        self.stdout.write(
            f"✓ {to}: {found.journal} entries, {found.steps} steps, {found.moves} moves"
        )
