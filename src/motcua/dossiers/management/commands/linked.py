"""``motcua linked``: parts of linked filings that could not be opened."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.dossiers.operations.linked_going import go_on
from motcua.dossiers.queries.linked_waiting import stuck_parts
from motcua.kernel.actors import Actor


class Command(BaseCommand):
    help = "List parts of linked filings that are stuck, with why; retry them now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=["retry"], help="try again now")
        parser.add_argument("filing", nargs="?", default="", help="one filing; all if left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["action"] == "retry":
            codes = [options["filing"]] if options["filing"] else _stuck()
            for code in codes:
                go_on(code, by=Actor.system("linked"), at=now(), again=True)
        found = stuck_parts()
        for each in found:
            self.stdout.write(
                f"{each.filing} {each.part} ({each.procedure}, {each.agency_unit}): {each.why}"
            )
        self.stdout.write(f"{len(found)} stuck")


def _stuck() -> list[str]:
    return sorted({each.filing for each in stuck_parts()})
