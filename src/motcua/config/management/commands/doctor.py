import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from motcua.backbone.languages import language_of_terminal
from motcua.config.doctor import examine


class Command(BaseCommand):
    help = "Look at database, versions, disk, jobs, worker, clock, certificates; say what to do."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=["vi", "en"], default=language_of_terminal())

    def handle(self, *, language: str, **_: Any) -> None:
        ill = 0
        with translation.override(language):
            for finding in examine():
                self.stdout.write(f"{'✓' if finding.well else '✗'} {finding.seen}")
                if not finding.well:
                    ill += 1
                    self.stdout.write(f"    → {finding.advice}")
        sys.exit(min(ill, 1))
