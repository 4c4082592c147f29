"""
Parts of a linked filing: what may become of each, and what becomes of those that wait for it.

A part is planned until those before it are done; then it is opened and has a dossier, or is stuck
while it cannot be. It is dropped where nothing can come of it any more. Only a stuck part comes
back: to planned, when it is tried again.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.text import N_


class PartState(StrEnum):
    """Where a part of a linked filing stands."""

    PLANNED = "planned"
    OPENED = "opened"
    DROPPED = "dropped"
    STUCK = "stuck"


PART_WORDS: Mapping[PartState, str] = {
    PartState.PLANNED: N_("Waits for its turn"),
    PartState.OPENED: N_("Opened"),
    PartState.DROPPED: N_("Does not go on"),
    PartState.STUCK: N_("Could not be opened yet"),
}
"""Where a part without a dossier stands, in plain words."""

PART_LOOK: Mapping[PartState, str] = {
    PartState.PLANNED: "",
    PartState.OPENED: "info",
    PartState.DROPPED: "bad",
    PartState.STUCK: "gold",
}
"""How the tag of such a part looks."""

WAITS = frozenset({PartState.PLANNED, PartState.STUCK})
"""States of a part that has no dossier yet and may get one."""

PROVEN = "proven"
"""What a part keeps for a paper instead of files: ``{"proven": the paper of the whole}``."""

SOURCE = "linked"
"""The source of dossiers that are parts of a linked filing."""

WITHDRAWN = N_("You withdrew it before it was opened.")
REFUSED = N_("{part} was not accepted, so this could not go on. You may file it by itself.")
STOPPED = N_("{part} was stopped by its agency, so this could not go on. You may file it alone.")
TAKEN_BACK = N_("You withdrew {part}, so this does not go on. You may file it by itself.")
DROPPED = N_("{part} does not go on, so this does not either. You may file it by itself.")

ENDED: Mapping[State, str] = {
    State.REFUSED: REFUSED,
    State.STOPPED: STOPPED,
    State.WITHDRAWN: TAKEN_BACK,
}
"""Why a part is dropped, by how the dossier it waited for ended."""


@dataclass(frozen=True, slots=True)
class Before:
    """A part that another waits for: its state and, once opened, that of its dossier."""

    state: PartState
    dossier: State | None = None
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a part that waits: it opens, or is dropped for ``why`` of part ``of``."""

    opens: bool = False
    why: str = ""
    of: str = ""


def next_of(after: Sequence[str], known: Mapping[str, Before]) -> Next:
    """
    Return what becomes of a part now that the parts it waits for stand as ``known``.

    It opens once all of them have their results, and is dropped as soon as one never will.
    """
    for name in after:
        before = known[name]
        if before.state is PartState.DROPPED:
            return Next(why=DROPPED, of=name)
        if before.dossier is not None and before.dossier in ENDED:
            return Next(why=ENDED[before.dossier], of=name)
    return Next(opens=all(known[name].has_result for name in after))


def parted(papers: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return which papers of a part registries stand for, by the whole's names, and the others."""
    proven = {paper: kept[PROVEN] for paper, kept in papers.items() if _is_proven(kept)}
    return proven, {paper: kept for paper, kept in papers.items() if paper not in proven}


def _is_proven(kept: Any) -> bool:
    return isinstance(kept, Mapping) and PROVEN in kept


def new_code() -> str:
    """Return a number for a linked filing, of digits that can be said on the phone."""
    digits = f"{secrets.randbelow(10**12):012}"
    return f"LT-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def is_linked_code(code: str) -> bool:
    """Tell whether a code is that of a linked filing rather than of a dossier."""
    return code.startswith("LT-")


def hold_of(code: str, part: str) -> str:
    """Return what holds the files of a part until its dossier is opened; at most 66 letters."""
    return f"{SOURCE}:{reference_of(code, part)}"


def reference_of(code: str, part: str) -> str:
    """Return what names a part's dossier once and for all."""
    return f"{code}:{part}"
