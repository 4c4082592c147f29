"""The folders that subcommands of ``motcua packs`` are told about."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.backbone.languages import language_of_terminal
from motcua.packs.queries.folders import SHIPPED, folders_in


def take_folders(parser: ArgumentParser) -> None:
    """Let a subcommand take folders of packs, and the language it speaks."""
    parser.add_argument(
        "folder",
        nargs="*",
        type=Path,
        help="a pack's folder, or one that holds several (those that come with the portal if none)",
    )


def take_language(parser: ArgumentParser) -> None:
    """Let a subcommand speak either language: the terminal's unless another is named."""
    spoken = language_of_terminal()
    parser.add_argument(
        "--language", choices=("vi", "en"), default=spoken, help="what it speaks (the terminal's)"
    )


def asked_folders(options: dict[str, Any]) -> list[Path]:
    """
    Return the packs that the folders named are or hold.

    :raises CommandError: if one holds none
    """
    found: list[Path] = []
    for folder in options["folder"] or [SHIPPED]:
        packs = folders_in(folder)
        if not packs:
            raise CommandError(
                f"{folder} holds no service packs: name a pack's folder, with a procedure.yaml, "
                "or one that holds such folders."
            )
        found += packs
    return found
