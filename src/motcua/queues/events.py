"""What happens at the windows of an office."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDrawn(Event):
    """Somebody drew a number; ``subject`` is ``<office>/<day>/<number>`` as for every ticket."""

    name: ClassVar[str] = "queues.ticket-drawn"
    service: str
    priority: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMoved(Event):
    """A ``move`` brought a ticket to ``state``, at a window where one was concerned."""

    name: ClassVar[str] = "queues.ticket-moved"
    move: str
    state: str
    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLinked(Event):
    """What was done for the holder of a ticket became the dossier with this code."""

    name: ClassVar[str] = "queues.ticket-linked"
    dossier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOpened(Event):
    """An official sat down at a window; ``subject`` is the agency, ``services`` empty for all."""

    name: ClassVar[str] = "queues.window-opened"
    office: int
    window: str
    services: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowClosed(Event):
    """An official left a window of the agency ``subject``."""

    name: ClassVar[str] = "queues.window-closed"
    office: int
    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArranged(Event):
    """A line of numbers was set up, renamed, closed or opened again at an office."""

    name: ClassVar[str] = "queues.service-arranged"
    office: int
    letter: str
    title: str
    open: bool
