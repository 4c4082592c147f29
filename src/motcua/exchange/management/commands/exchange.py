"""``motcua exchange``: members, keys, and proofs of what was exchanged."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.exchange.management import subcommands


def _modules() -> dict[str, ModuleType]:
    names = sorted(module.name for module in iter_modules(subcommands.__path__))
    return {name: import_module(f"{subcommands.__name__}.{name}") for name in names}


class Command(BaseCommand):
    """Everything an operator of the exchange does at a terminal."""

    help = "Talk with other agencies: authority, keys, members, proofs of what was exchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let each subcommand say what it takes."""
        into = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for name, module in _modules().items():
            inner = into.add_parser(name, help=module.HELP, description=module.HELP)
            module.arguments(inner)

    def handle(self, *_args: Any, **options: Any) -> None:
        """
        Run one.

        :raises CommandError: if it found something wrong
        """
        if not _modules()[options["subcommand"]].run(options, self.stdout.write):
            raise CommandError("Not everything is right: see above.")
