"""What the portal that processes a dossier answers to the one that handed it on."""

from datetime import datetime
from typing import Any

import msgspec

__all__ = ["Accepted", "ResultTold", "Said", "Standing"]


class Accepted(msgspec.Struct, frozen=True):
    """
    It was taken: ``code`` is the unit's own, ``number`` its national state, ``fee`` in dong.

    ``claim`` is the secret by which the applicant takes it over there, where they have no account.
    """

    code: str
    number: int
    due_at: datetime
    agency: str
    fee: int = 0
    claim: str = ""


class Said(msgspec.Struct, frozen=True):
    """A step it came to, by national number, and the reason given to the applicant."""

    step: str
    number: int
    at: datetime
    reason: str = ""


class ResultTold(msgspec.Struct, frozen=True):
    """A result that can be fetched under its id."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


class Standing(msgspec.Struct, frozen=True):
    """
    How it stands: ``asked`` holds reason, papers and fields of an open request for supplement.

    ``round`` counts the requests; ``wait_until`` is when the applicant must have answered.
    """

    code: str
    number: int
    agency: str
    due_at: datetime
    fee: int = 0
    paid: bool = False
    asked: dict[str, Any] | None = None
    round: int = 0
    wait_until: datetime | None = None
    steps: list[Said] = []
    results: list[ResultTold] = []
