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
