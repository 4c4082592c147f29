from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now

from motcua.config.crowd import load_dossiers
from motcua.config.loading import load_demo, load_reference
from motcua.config.registers import PEOPLE


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

        parser.add_argument(
            "--people",
            type=int,
            default=PEOPLE,
            metavar="N",
            help="how many people the national registers hold (only the first call fills them)",
        )

    def handle(self, *, dossiers: int, people: int, **_: Any) -> None:
        load_reference(at=now())
        load_demo(people=people, at=now())
        if dossiers > 0:
            load_dossiers(dossiers, at=now())
