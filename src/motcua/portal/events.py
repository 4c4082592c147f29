"""What is done to the portal's own work. Subjects are jobs, by their number."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRetried(Event):
    """A failed job is done again; ``about`` is what it was about, such as a dossier's code."""

    name: ClassVar[str] = "portal.job-retried"
    task: str
    about: str
    error: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsRetried(Event):
    """``count`` failed jobs of a task are done again; ``subject`` is the task."""

    name: ClassVar[str] = "portal.jobs-retried"
    count: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobGivenUp(Event):
    """A job is never done; ``listener`` never hears of ``event``, where it was a delivery."""

    name: ClassVar[str] = "portal.job-given-up"
    task: str
    about: str
    event: str
    listener: str
    attempts: int
    error: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAsked(Event):
    """``person`` asked for everything the portal keeps about them."""

    name: ClassVar[str] = "portal.export-asked"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReady(Event):
    """What ``person`` asked for is ready, until ``until`` in ISO 8601."""

    name: ClassVar[str] = "portal.export-ready"
    person: str
    until: str
