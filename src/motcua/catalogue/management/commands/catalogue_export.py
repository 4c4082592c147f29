"""``motcua catalogue-export``: the whole catalogue as open data."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from motcua.catalogue.queries.cpsv import Format, catalogue_as


class Command(BaseCommand):
    """Write the catalogue down, a piece at a time: it need not fit into memory."""

    help = "Write the whole catalogue as CPSV-AP 3.2 (RDF Turtle or JSON-LD)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form and where to write."""
        parser.add_argument("--format", choices=[*Format], default=Format.TURTLE.value)
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="write here, not to the screen"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it."""
        pieces = catalogue_as(Format(options["format"]), base=settings.BASE_URL, on=localdate())
        out: Path | None = options["out"]
        if out is None:
            for piece in pieces:
                sys.stdout.write(piece)
            return
        try:
            with out.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        self.stdout.write(f"{out}: {out.stat().st_size:,} bytes")
