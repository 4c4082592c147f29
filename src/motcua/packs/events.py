"""What happens to service packs."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPublished(Event):
    """A new version of the pack of procedure ``subject`` can be filed under from ``valid_from``."""

    name: ClassVar[str] = "packs.pack-published"
    version: str
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWithdrawn(Event):
    """Nothing new is filed under a version of the pack of procedure ``subject`` any more."""

    name: ClassVar[str] = "packs.pack-withdrawn"
    version: str
    reason: str
