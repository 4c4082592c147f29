"""What forwarding tells the other rooms. ``subject`` is always the code the dossier has here."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedIn(Event):
    """A person filed here what ``member`` processes; it waits to be handed on."""

    name: ClassVar[str] = "forwarding.handed-in"
    procedure: str
    agency: str
    member: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOn(Event):
    """The member has it, under the code ``there``."""

    name: ClassVar[str] = "forwarding.handed-on"
    member: str
    there: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOnRefused(Event):
    """The member does not take it; ``reason`` is what it says."""

    name: ClassVar[str] = "forwarding.refused"
    member: str
    applicant: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedMoved(Event):
    """
    A dossier handed on came to another state, by national number, in so many steps.

    ``billed`` tells that the unit asks for money with it, which is told by an event of its own.
    """

    name: ClassVar[str] = "forwarding.moved"
    member: str
    applicant: str
    before: int
    number: int
    steps: int
    billed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBilled(Event):
    """The unit asks for ``amount`` dong by a bill of its own, to be paid ``until`` (ISO 8601)."""

    name: ClassVar[str] = "forwarding.billed"
    member: str
    applicant: str
    bill: str
    amount: int
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedPaid(Event):
    """The unit says that the ``amount`` dong of a bill of its own have arrived there."""

    name: ClassVar[str] = "forwarding.paid"
    member: str
    applicant: str
    bill: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedResult(Event):
    """A result of the unit is kept here, by the unit's id; ``corrected``: it replaces others."""

    name: ClassVar[str] = "forwarding.result"
    member: str
    applicant: str
    result: str
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredAtDesk(Event):
    """A clerk took the answer to the ``round``-th request from who is known by ``identity``."""

    name: ClassVar[str] = "forwarding.answered-at-desk"
    member: str
    applicant: str
    desk: str
    round: int
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGivenOut(Event):
    """A clerk gave a result of the unit, by its id, to who is known by ``identity``."""

    name: ClassVar[str] = "forwarding.given-out"
    member: str
    applicant: str
    desk: str
    result: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTaken(Event):
    """We took a dossier that ``member`` handed on under its ``code``; ``entry`` proves it."""

    name: ClassVar[str] = "forwarding.taken"
    member: str
    code: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedClaimed(Event):
    """Whom a desk took it for took it over into an account, by the secret of the receipt."""

    name: ClassVar[str] = "forwarding.claimed"
    party: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAgain(Event):
    """Who looks after the portal had a dossier handed on at once."""

    name: ClassVar[str] = "forwarding.tried-again"
