"""What happens to service packs."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLoaded(Event):
    """A new version of the service pack of procedure ``subject`` can be filed under."""

    name: ClassVar[str] = "packs.pack-loaded"
    version: str
