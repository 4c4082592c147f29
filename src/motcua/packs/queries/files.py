"""The files of packs, for rooms that write some: of a version, of a document, of a new pack."""

from collections.abc import Mapping
from typing import Any

from motcua.kernel.scope import for_rooms, public
from motcua.packs.queries.packs import definition_of
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.source import EXAMPLE, LIST, MAIN, TEMPLATE
from motcua.packs.rules.writing import FIRST_LINE, files_of

__all__ = ["FIRST_LINE", "belongs", "files_from", "files_of_version", "pack_in"]


@public
def files_from(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the files that say what ``document`` says, by name, in the spelling of the house."""
    return files_of({"lists": {}, **document})


@for_rooms
def files_of_version(version: str) -> dict[str, str]:
    """
    Return the files of a published version, by name.

    :raises NoSuchPack: if there is none
    """
    return files_of(definition_of(version))


@public
def belongs(name: str) -> bool:
    """Tell whether a file of this name is part of a pack."""
    return name in MAIN or any(kind.fullmatch(name) for kind in (TEMPLATE, EXAMPLE, LIST))


@public
def pack_in(document: dict[str, Any]) -> Pack:
    """
    Return what a document describes that was not published.

    :raises msgspec.ValidationError: if it does not fit; lint says it in words
    """
    return pack_from(document, version="")
