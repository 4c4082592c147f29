"""What happens to agencies, to those who work there, and to when they work."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLoaded(Event):
    """Units and electronic ids were brought up to date; ``subject`` is what was loaded."""

    name: ClassVar[str] = "agencies.reference-loaded"
    rows: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOpened(Event):
    """An agency works here from now on; ``subject`` is its electronic id."""

    name: ClassVar[str] = "agencies.agency-opened"
    title: str
    level: str
    unit: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOpened(Event):
    """An agency receives people at a place; ``subject`` is the agency."""

    name: ClassVar[str] = "agencies.office-opened"
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialAppointed(Event):
    """An official took up a post; ``subject`` is the agency."""

    name: ClassVar[str] = "agencies.official-appointed"
    post: int
    holder: str
    role: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEnded(Event):
    """An official left a post; ``subject`` is the agency."""

    name: ClassVar[str] = "agencies.post-ended"
    post: int
    holder: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """
    An agency's working time changed; ``subject`` is the agency.

    ``what`` is ``hours`` (of the week) or ``day`` (one date, then ``day`` says which); ``before``
    and ``after`` tell what was in force, ``reason`` why it changed.
    """

    name: ClassVar[str] = "agencies.calendar-changed"
    what: str
    day: str = ""
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNoted(Event):
    """
    An official will be away and ``deputy`` in their place; ``subject`` is the agency.

    ``since`` and ``until`` are moments in ISO 8601.
    """

    name: ClassVar[str] = "agencies.absence-noted"
    absence: int
    holder: str
    holder_name: str
    deputy: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEnded(Event):
    """An absence was ended before its time, or called off; ``subject`` is the agency."""

    name: ClassVar[str] = "agencies.absence-ended"
    absence: int
    holder: str
    deputy: str
