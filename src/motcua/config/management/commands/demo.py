from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now

from motcua.config.crowd import load_dossiers
from motcua.config.loading import load_demo, load_reference


class Command(BaseCommand):
    help = "Load the demonstration: agencies, officials, citizens, procedures. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dossiers",
            type=int,
            default=0,
            metavar="N",
            help="add N made-up dossiers of the last year (each call adds more)",
        )

    def handle(self, *, dossiers: int, **_: Any) -> None:
        load_reference(at=now())
        load_demo(at=now())
        if dossiers > 0:
            load_dossiers(dossiers, at=now())
