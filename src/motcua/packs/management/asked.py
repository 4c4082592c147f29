"""The packs that a subcommand is told about: by folder, or by the code they are published under."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.packs.management.folders import asked_folders
from motcua.packs.queries.folders import SHIPPED, Source, folders_in, read_folder
from motcua.packs.queries.linting import errors_in
from motcua.packs.queries.packs import Pack, definition_of, history
from motcua.packs.rules.document import Document, pack_from


@dataclass(frozen=True, slots=True)
class AskedPack:
    """A pack with its document; ``source`` knows the places in its files, if it has any."""

    pack: Pack
    document: Document
    source: Source | None = None


def take_packs(parser: ArgumentParser) -> None:
    """Let a subcommand take folders and codes."""
    parser.add_argument(
        "pack",
        nargs="*",
        metavar="FOLDER|CODE",
        help="a pack's folder, one that holds several, or a code that is published "
        "(the packs that come with the portal if none)",
    )


def asked_packs(options: dict[str, Any]) -> list[AskedPack]:
    """
    Return the packs that the folders and codes named are.

    :raises CommandError: if one is neither, or its files have errors
    """
    return [found for named in options["pack"] or [str(SHIPPED)] for found in _found(named)]


def linked(packs: list[AskedPack]) -> dict[str, Pack]:
    """Return the packs that linked ones may link: those asked, else those that are shipped."""
    found = {each.pack.code: each.pack for each in packs}
    wanted = {part.procedure for each in packs for part in each.pack.parts} - found.keys()
    for code in sorted(wanted):
        for folder in folders_in(SHIPPED / code) if (SHIPPED / code).is_dir() else ():
            found[code] = _read(folder).pack
    return found


def _found(named: str) -> list[AskedPack]:
    if Path(named).is_dir():
        return [_read(folder) for folder in asked_folders({"folder": [Path(named)]})]
    if (SHIPPED / named).is_dir() and "/" not in named:
        return [_read(SHIPPED / named)]
    versions = history(named)
    if not versions:
        raise CommandError(f"{named} is no folder of packs, and no pack of it is published.")
    document = definition_of(versions[0].id)
    return [AskedPack(pack_from(document, version=versions[0].id), document)]


def _read(folder: Path) -> AskedPack:
    source = read_folder(folder)
    if errors_in(source):
        raise CommandError(f"{folder} has errors, see: motcua packs lint {folder}")
    return AskedPack(pack_from(source.document, version=""), source.document, source)
