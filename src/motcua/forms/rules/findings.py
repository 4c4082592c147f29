"""What a filled-in form comes to: problems found, answers in words, values filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from typing import Any

from motcua.forms.rules.definition import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What is wrong with one answer.

    ``field`` is the place: a field id, ``field.part``, ``rows.0.column`` or ``rows.0.column.part``
    (rows are counted from 0). ``message`` is an English key with ``{facts}``, to be translated and
    filled where it is shown; the message of a rule of the form's own stands in ``words`` instead.
    ``missing`` tells an empty answer from a wrong one.
    """

    field: str
    message: str
    facts: Mapping[str, str | int] = given(default_factory=dict)
    missing: bool = False
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """
    The rows of a table or group as people read them.

    ``name`` is what one row is called; ``headings`` are the labels of the columns that some row
    shows; each of ``rows`` has as many cells as there are headings, an empty one being "".
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """
    One answer as people read it.

    ``value`` says the whole in words, line by line, whatever the kind. Some kinds can be drawn
    better: ``table`` has the rows of a table or group, ``files`` the ids of the files, ``strokes``
    the path (SVG) of a drawn signature, ``point`` latitude and longitude.
    """

    field: str
    label: str
    value: str
    step: str
    table: SummaryTable | None = None
    files: tuple[str, ...] = ()
    strokes: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SummarySection:
    """The answers of one page, for checking before filing and for the official's desk."""

    step: str
    title: str
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class Prefill:
    """A first value for a field, and where it comes from (a key to translate)."""

    value: Any
    source: str
