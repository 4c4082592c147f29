"""``motcua packs export VERSION --to FOLDER``: write a published version as files again."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.packs.queries.folders import write_folder
from motcua.packs.queries.packs import definition_of, history
from motcua.packs.rules.writing import files_of

HELP = "Write a published version as the files it was published from."


def arguments(parser: ArgumentParser) -> None:
    """Take the version and where to."""
    parser.add_argument("version", help="a version (1.001193@2-9f3c21ab), or a code for its newest")
    parser.add_argument(
        "--to", type=Path, required=True, help="a folder: the pack's goes inside it"
    )


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Write the files into a folder named by the pack's code."""
    version = options["version"]
    if "@" not in version:
        versions = history(version)
        if not versions:
            raise CommandError(f"No pack of {version} is published.")
        version = versions[0].id
    document = definition_of(version)
    folder = options["to"] / document["procedure"]["code"]
    if folder.exists():
        raise CommandError(f"{folder} is there already: name another folder, or move it away.")
    write_folder(folder, files_of(document))
    say(str(folder))
    return True
