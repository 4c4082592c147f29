"""``motcua packs publish [FOLDER…]``: put packs online."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.kernel.actors import Actor
from motcua.packs.management.folders import asked_folders, take_folders
from motcua.packs.operations.publishing import BadPack, publish_folder

HELP = "Publish packs; one that has not changed since is left as it is."


def arguments(parser: ArgumentParser) -> None:
    """Take the folders."""
    take_folders(parser)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Publish them, saying which are new."""
    for folder in asked_folders(options):
        try:
            made = publish_folder(folder, by=Actor.system("packs-publish"), at=now())
        except BadPack as bad:
            raise CommandError(str(bad)) from None
        say(f"{made.version} {'published' if made.new else 'unchanged'}")
    return True
