"""From when a pack is valid, written into its file without touching anything else in it."""

import re
from datetime import date
from typing import Protocol


class At(Protocol):
    """A line and a column, both from 1."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


_DAY = re.compile(r"""["']?[0-9]{4}-[0-9]{2}-[0-9]{2}["']?""")


def dated(text: str, place: At, day: date) -> str:
    """Return ``text`` with ``day`` instead of the one that stands at ``place``, if one does."""
    lines = text.split("\n")
    line = lines[place.line - 1]
    found = _DAY.match(line, place.column - 1)
    if found is None:
        return text
    lines[place.line - 1] = f"{line[: found.start()]}{day.isoformat()}{line[found.end() :]}"
    return "\n".join(lines)
