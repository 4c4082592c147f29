"""
Dossiers of ours that came from another portal, which knows them by a code of its own.

A room above registers what knows of them when the program starts.
"""

from collections.abc import Collection
from typing import Protocol

from motcua.kernel.scope import for_rooms

__all__ = ["Origins", "codes_there", "ours_under", "register_origins"]


class Origins(Protocol):
    """What knows of such dossiers."""

    def codes_there(self, codes: Collection[str]) -> dict[str, str]:
        """Return the codes over there of those of our dossiers that came from elsewhere."""
        ...

    def ours_under(self, code: str, *, member: str) -> str | None:
        """Return our code of a dossier that a member handed on to us under a code of theirs."""
        ...


_known: list[Origins] = []


@for_rooms
def register_origins(origins: Origins) -> None:
    """Let ``origins`` be asked from now on."""
    if origins not in _known:
        _known.append(origins)


@for_rooms
def codes_there(codes: Collection[str]) -> dict[str, str]:
    """Return the codes that our dossiers have where they came from; others are left out."""
    found: dict[str, str] = {}
    for each in _known:
        found |= each.codes_there(codes)
    return found


@for_rooms
def ours_under(code: str, *, member: str) -> str | None:
    """Return our code of a dossier that a member knows by a code of its own, if it has one."""
    return next(filter(None, (each.ours_under(code, member=member) for each in _known)), None)
