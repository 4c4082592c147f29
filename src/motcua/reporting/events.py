"""What reporting tells the other rooms."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalExported(Event):
    """Rows left the portal as files, under pseudonyms; ``subject`` names the kind of files."""

    name: ClassVar[str] = "reporting.journal-exported"
    entries: int
    steps: int
    moves: int
