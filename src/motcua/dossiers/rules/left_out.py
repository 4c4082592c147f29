"""What was asked to be put on a list or into a run, and is not: each code with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.text import N_

LONGEST = 60
"""How many letters of a code are kept: those of dossiers are shorter."""


class Why(StrEnum):
    """Why a dossier is left out; one of another agency is unknown like one that never was."""

    UNKNOWN = "unknown"
    NOT_IN_PROCESS = "not-in-process"
    LISTED = "listed"
    TOO_MANY = "too-many"


WHY_WORDS: dict[Why, str] = {
    Why.UNKNOWN: N_("Your agency has no dossier with this code. Check the code."),
    Why.NOT_IN_PROCESS: N_("It is not being processed. Pass it on first, if it was accepted."),
    Why.LISTED: N_("It waits on an open list already. It has to be settled there first."),
    Why.TOO_MANY: N_("The list is full. Put it on another one."),
}
"""What to tell of each, and what to do."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A code that was asked for, and why nothing is done to what it names."""

    code: str
    why: Why


def kept(left: Iterable[LeftOut]) -> list[list[str]]:
    """Return them as a list or a run keeps them; ``read`` reads them again."""
    return [[each.code[:LONGEST], each.why.value] for each in left]


def read(rows: Iterable[list[str]]) -> tuple[LeftOut, ...]:
    """Return what ``kept`` made of them."""
    return tuple(LeftOut(code, Why(why)) for code, why in rows)


def problems_of(left: Iterable[LeftOut]) -> list[dict[str, str]]:
    """Return them as what a refusal finds wrong, code by code."""
    return [{"at": each.code[:LONGEST], "message": WHY_WORDS[each.why]} for each in left]
