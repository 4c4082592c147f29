"""Reading an answer as the type that its field has; anything else is empty (None)."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from motcua.forms.rules.expressions.dates import date_from, partial_from
from motcua.forms.rules.expressions.numbers import scaled_from
from motcua.forms.rules.expressions.trees import PARTIAL


def text_from(value: Any) -> str | None:
    """Return a text, normalised (NFC); the empty text is empty."""
    if not isinstance(value, str) or not value:
        return None
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def truth_from(value: Any) -> bool | None:
    """Return true or false."""
    return value if isinstance(value, bool) else None


def texts_from(value: Any) -> list[str] | None:
    """Return chosen values or files; one that is no text makes them all empty."""
    if not isinstance(value, list) or not value:
        return None
    texts = [text_from(each) for each in value]
    return None if None in texts else [each for each in texts if each is not None]


def rows_from(value: Any) -> list[dict[str, Any]] | None:
    """Return rows; one that is no object makes them all empty."""
    if not isinstance(value, list) or not value:
        return None
    return value if all(isinstance(each, dict) for each in value) else None


def block_from(value: Any) -> dict[str, Any] | None:
    """Return a block that has something in it."""
    return value if isinstance(value, dict) and value else None


READERS: Mapping[str, Callable[[Any], Any]] = {
    "number": scaled_from,
    "text": text_from,
    "boolean": truth_from,
    "date": date_from,
    PARTIAL: partial_from,
    "texts": texts_from,
    "files": texts_from,
    "rows": rows_from,
    "block": block_from,
}
"""How an answer is read, by the type in the tree."""
