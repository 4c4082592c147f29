"""
Agencies whose dossiers another portal processes: what is filed for them is carried there.

A room above registers what carries when the program starts; nothing here knows where to.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.agencies.queries.agencies import Agency
from motcua.dossiers.operations.filing_checks import Filing
from motcua.kernel.actors import Actor

__all__ = [
    "Carrier",
    "Filed",
    "carried",
    "carrier_for",
    "claim_carried",
    "claim_carried_along",
    "desk_list",
    "desk_page",
    "goes_elsewhere",
    "is_taken",
    "register_carrier",
]


@dataclass(frozen=True, slots=True)
class Filed:
    """
    What the person gets at once: the code, when the answer is due, what is to pay in dong.

    ``claim`` is the secret of the receipt by which an applicant without an account takes it over.
    """

    code: str
    due_at: datetime
    fee: int
    version: int = 1
    claim: str = ""


class Carrier(Protocol):
    """What carries dossiers to other portals."""

    def carries(self, agency: str, *, at: datetime) -> bool:
        """Tell whether an agency's dossiers are processed at another portal."""
        ...

    def hand_in(self, filing: Filing, place: Agency, *, by: Actor, at: datetime) -> Filed:
        """Keep what was filed, checked already, so that it is carried; in the transaction."""
        ...

    def takes(self, agency: str, *, at: datetime) -> bool:
        """Tell whether an agency's portal has agreed to take dossiers from here."""
        ...

    def filed(self, code: str) -> Filed | None:
        """Return what filing gave, by its code."""
        ...

    def claim(self, code: str, secret: str, *, by: Actor, at: datetime) -> str:
        """Make a person the applicant of what a desk took; return whose it was, if it is one."""
        ...

    def claim_along(self, codes: Collection[str], party: str, *, by: Actor, at: datetime) -> None:
        """Make a person the applicant of what was filed with something they took over."""
        ...

    def desk_page(self, code: str) -> str:
        """Return where the desk that took it finds it; empty where it is none of ours."""
        ...

    def desk_list(self, *, by: Actor) -> str:
        """Return where the actor's desk finds all it took; empty where it took nothing."""
        ...


_carriers: list[Carrier] = []


def register_carrier(carrier: Carrier) -> None:
    """Let a room above carry dossiers; called in ``ready()``."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def carrier_for(place: Agency, *, at: datetime) -> Carrier | None:
    """Return what carries what is filed for an agency, nothing where it is processed here."""
    return next((each for each in _carriers if each.carries(place.id, at=at)), None)


def is_taken(agency: str, *, at: datetime) -> bool:
    """Tell whether what is filed for an agency of another portal is taken there."""
    return any(each.takes(agency, at=at) for each in _carriers)


def goes_elsewhere(agency: str, *, at: datetime) -> bool:
    """Tell whether an agency's dossiers are processed at another portal."""
    return any(each.carries(agency, at=at) for each in _carriers)


def claim_carried(code: str, secret: str, *, by: Actor, at: datetime) -> str:
    """Make a person the applicant of what was taken and carried; return whose it was, if it was."""
    found = (each.claim(code, secret, by=by, at=at) for each in _carriers)
    return next(filter(None, found), "")


def claim_carried_along(codes: Collection[str], party: str, *, by: Actor, at: datetime) -> None:
    """Make a person the applicant of the party's that was carried, of these codes."""
    for each in _carriers:
        each.claim_along(codes, party, by=by, at=at)


def desk_page(code: str) -> str:
    """Return where the desk that took it for another portal finds it, empty if none did."""
    return next(filter(None, (each.desk_page(code) for each in _carriers)), "")


def desk_list(*, by: Actor) -> str:
    """Return where the actor's desk finds what it took for other portals, empty if nothing."""
    return next(filter(None, (each.desk_list(by=by) for each in _carriers)), "")


def carried(code: str) -> Filed | None:
    """Return what filing gave, where it was carried to another portal."""
    found: Sequence[Filed | None] = [each.filed(code) for each in _carriers]
    return next(filter(None, found), None)
