"""What happens in the registers."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged(Event):
    """A record has a new version from ``since`` (ISO date) on; ``subject`` is register/key."""

    name: ClassVar[str] = "registrar.record-changed"
    since: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesToTell(Event):
    """A subscriber has changes to be told of; ``subject`` is the member."""

    name: ClassVar[str] = "registrar.changes-to-tell"
    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReceived(Event):
    """Somebody says that a field of a record is wrong; ``subject`` is the request's number."""

    name: ClassVar[str] = "registrar.correction-received"
    register: str
    member: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMoved(Event):
    """A request was looked at, accepted or refused; ``subject`` is its number."""

    name: ClassVar[str] = "registrar.correction-moved"
    register: str
    after: str
