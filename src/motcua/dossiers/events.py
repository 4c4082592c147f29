"""What dossiers tells the other rooms. ``subject`` is always the dossier's code."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFiled(Event):
    """A person filed a dossier. Times are ISO 8601."""

    name: ClassVar[str] = "dossiers.filed"
    procedure: str
    agency: str
    applicant: str
    channel: int
    due_at: str
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """A step was taken. ``details`` names the papers and fields of a request for supplement."""

    name: ClassVar[str] = "dossiers.moved"
    step: str
    before: str
    state: str
    agency: str
    applicant: str
    reason: str = ""
    due_at: str = ""
    details: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTakenInHand(Event):
    """An official took a dossier in hand; ``holder_before`` had it until then, if anybody."""

    name: ClassVar[str] = "dossiers.taken-in-hand"
    agency: str
    holder_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRated(Event):
    """The applicant said how satisfied they are: 3 very, 2 satisfied, 1 not."""

    name: ClassVar[str] = "dossiers.rated"
    agency: str
    procedure: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimesMoved(Event):
    """
    Open dossiers of an agency (``subject``) are due at another time, because its calendar changed.

    ``dossiers`` maps each code to its new due time in ISO 8601.
    """

    name: ClassVar[str] = "dossiers.due-times-moved"
    dossiers: dict[str, str]
