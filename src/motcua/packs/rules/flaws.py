"""What is wrong with a pack: which rule, where, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.packs.rules.places import Path, Place


@dataclass(frozen=True, slots=True)
class Flaw:
    """
    Something wrong in a pack.

    ``rule`` is the name of the check, for machines. ``path`` leads to the place in the document
    (``("form", "steps", 0, "title")``); ``inside`` a text there, to its character of that number;
    ``at_key``: the key is meant, not its value. ``message`` is an English translation key that
    ``facts`` fill. A ``warning`` does not keep a pack from being published. ``place`` is set where
    the path does not say it: a file that cannot be read, a line of a template.
    """

    rule: str
    path: Path
    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    warning: bool = False
    inside: int = 0
    at_key: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with its file, line and column (both from 1), as it is shown."""

    file: str
    line: int
    column: int
    flaw: Flaw

    @property
    def where(self) -> str:
        """``form.yaml:12:5``."""
        return f"{self.file}:{self.line}:{self.column}"
