"""``motcua agency``: open an agency, so that dossiers can be filed with it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate, now

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.kernel.actors import Actor


class Command(BaseCommand):
    help = "Open an agency, so that dossiers can be filed with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="electronic id, such as 000.00.61.H26")
        parser.add_argument("name", help="full name, in Vietnamese")
        parser.add_argument("--level", required=True, choices=[level.value for level in Level])
        parser.add_argument("--kind", default=Kind.COMMITTEE, choices=[kind.value for kind in Kind])
        parser.add_argument("--unit", help="code of the place it answers for")
        parser.add_argument("--parent", help="electronic id of the agency above it")
        parser.add_argument("--address", default="")
        parser.add_argument("--phone", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = now()
        agency = NewAgency(
            id=options["id"],
            name=options["name"],
            level=Level(options["level"]),
            kind=Kind(options["kind"]),
            opened_on=localdate(at),
            unit=options["unit"],
            parent=options["parent"],
            address=options["address"],
            phone=options["phone"],
        )
        open_agency(agency, by=Actor.system("agency"), at=at)
        self.stdout.write(f"✓ {agency.id} {agency.name}")
