"""What synchronisation tells the other rooms, and keeps in the journal."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentChanged(Event):
    """
    Whom our dossiers are told was changed; ``subject`` is the other portal.

    ``what`` is added, account-changed, paused, resumed or told-anew; ``member`` is ours whose
    dossiers they are.
    """

    name: ClassVar[str] = "sync.parent-changed"
    member: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentStuck(Event):
    """What another portal (``subject``) was to be told of ``member`` waits since long."""

    name: ClassVar[str] = "sync.parent-stuck"
    member: str
    parent: int
    title: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemChanged(Event):
    """
    An account of the old interface (``subject`` is its name) was changed.

    ``what`` is made, password-changed, switched-off or switched-on.
    """

    name: ClassVar[str] = "sync.system-changed"
    member: str
    what: str
