"""``motcua load-reference``: administrative units and electronic ids, into the database."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.agencies.operations.reference import load_electronic_ids, load_units
from motcua.kernel.actors import Actor


class Command(BaseCommand):
    help = "Load administrative units and agencies' electronic ids; safe to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        by = Actor.system("load-reference")
        for what, load in (("units", load_units), ("electronic ids", load_electronic_ids)):
            self.stdout.write(f"Loading {what} …", ending=" ")
            self.stdout.flush()
            start = perf_counter()
            loaded = load(by=by, at=now())
            took = perf_counter() - start
            self.stdout.write(f"{loaded.rows} rows, {loaded.changed} changed, {took:.1f} s")
