"""``motcua packs diff A [B]``: say what changed between two packs, in words for a lawyer."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.packs.management.folders import take_language
from motcua.packs.queries.comparing import as_html, as_markdown, as_text, differences
from motcua.packs.queries.folders import read_folder
from motcua.packs.queries.linting import errors_in
from motcua.packs.queries.packs import definition_of, history
from motcua.packs.rules.document import Document

HELP = "Say what changed: two folders, two versions, or a folder against what is published."


def arguments(parser: ArgumentParser) -> None:
    """Take both sides and how to say it."""
    parser.add_argument("old", help="a folder, a version (1.001193@2-9f3c21ab) or a code")
    parser.add_argument(
        "new", nargs="?", help="the same; without it, OLD is compared with what is published"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true")
    form.add_argument("--html", action="store_true")
    take_language(parser)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Compare and say it."""
    old, new = options["old"], options["new"]
    after = _document(new or old)
    before = _document(old if new else str(after["procedure"]["code"]))
    write = as_markdown if options["markdown"] else as_html if options["html"] else as_text
    say(write(differences(before, after), options["language"]))
    return True


def _document(named: str) -> Document:
    if (Path(named) / "procedure.yaml").is_file():
        source = read_folder(Path(named))
        if errors_in(source):
            raise CommandError(f"{named} has errors, see: motcua packs lint {named}")
        return source.document
    if "@" in named:
        return definition_of(named)
    versions = history(named)
    if not versions:
        raise CommandError(f"{named} is no folder of a pack, and no pack of it is published.")
    return definition_of(versions[0].id)
