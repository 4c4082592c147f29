"""What a filled-in form comes to: problems found, answers in words, values filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What is wrong with one answer.

    ``field`` is a field id or ``field.part``; ``message`` an English key with ``{facts}``, to be
    translated and filled where it is shown. ``missing`` tells an empty answer from a wrong one.
    """

    field: str
    message: str
    facts: Mapping[str, str | int] = given(default_factory=dict)
    missing: bool = False


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One answer as people read it."""

    field: str
    label: str
    value: str
    step: str


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
