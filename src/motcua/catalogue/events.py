"""What happens to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueImported(Event):
    """A file of procedures was taken in; ``subject`` is its name, the counts are procedures."""

    name: ClassVar[str] = "catalogue.imported"
    added: int
    changed: int
    same: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLoaded(Event):
    """A new version of the service pack of procedure ``subject`` can be filed under."""

    name: ClassVar[str] = "catalogue.pack-loaded"
    version: str
