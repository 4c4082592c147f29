"""
Parts of linked filings that other portals process, as far as their units told.

A room above registers what knows of them when the program starts; nothing here knows where they
are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.linked import SOURCE as LINKED
from motcua.kernel.scope import for_rooms

__all__ = ["LINKED", "CarriedPart", "Carries", "carried_parts", "register_parts"]


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """
    A part that another portal processes; its page here is at ``address``.

    ``due_at`` is known once the unit has it. ``result`` is the file of its result that is kept
    here, empty while none holds; ``answers`` are those that were filed, with what was corrected
    since. Where a desk took it, it finds it at ``desk_address``; ``claim`` is its receipt's secret.
    ``fee`` is what it costs, in dong, and ``unpaid`` how much of that was not paid, as far as is
    known; once its unit has issued the bill, it is paid at ``pay_address`` here.
    """

    code: str
    agency_name: str
    state: State
    due_at: datetime | None
    filed_at: datetime
    address: str
    result: str
    answers: Mapping[str, Any]
    desk_address: str = ""
    claim: str = ""
    fee: int = 0
    unpaid: int = 0
    pay_address: str = ""


class Carries(Protocol):
    """What a room above knows of parts that were carried to other portals."""

    def carried(self, codes: Collection[str]) -> Mapping[str, CarriedPart]:
        """Return those of ``codes`` that were carried, by code."""
        ...


_known: list[Carries] = []


@for_rooms
def register_parts(source: Carries) -> None:
    """Let a room above tell of parts it carried; called in ``ready()``."""
    if source not in _known:
        _known.append(source)


@for_rooms
def carried_parts(codes: Collection[str]) -> dict[str, CarriedPart]:
    """Return those of ``codes`` that other portals process; nothing is asked for no codes."""
    found: dict[str, CarriedPart] = {}
    for source in _known if codes else ():
        found |= source.carried(codes)
    return found
