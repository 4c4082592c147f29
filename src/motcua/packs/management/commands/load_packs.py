"""``motcua load-packs``: put service packs online."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import SHIPPED, load_packs
from motcua.packs.operations.reading import BadPack


class Command(BaseCommand):
    """Load service packs; a pack that has not changed since is left as it is."""

    help = "Load service packs (without a folder: those that come with the portal)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder that holds the packs."""
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load them, saying which are new."""
        if not any(options["folder"].glob("*/procedure.yaml")):
            raise CommandError(
                f"{options['folder']} holds no service packs: name the folder that holds their "
                "folders, each with a procedure.yaml."
            )
        try:
            for pack in load_packs(options["folder"], by=Actor.system("load-packs"), at=now()):
                self.stdout.write(f"{pack.version} {'loaded' if pack.new else 'unchanged'}")
        except BadPack as bad:
            raise CommandError(str(bad)) from None
