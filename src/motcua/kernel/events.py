"""What a room announces when something has happened."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in the past tense. Fields are plain values: it is kept as JSON for years."""

    name: ClassVar[str]
    subject: str
