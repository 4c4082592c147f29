"""Texts as vendors send them, and moments written in them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

__all__ = ["HERE", "NulInText", "listed", "moment_in", "moment_text", "texts_of"]

HERE = timezone(timedelta(hours=7))
"""The offset of Asia/Ho_Chi_Minh, which has no summer time."""
DEEPEST = 12

_DIGITS = re.compile(r"\d{8}|\d{12}|\d{14}", re.ASCII)
_WRITTEN = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII
)


class NulInText(ValueError):
    """A text holds the character NUL."""


def texts_of(value: Any, *, depth: int = 0) -> Any:
    """
    Return a JSON value with every scalar as text: numbers and truths too, null as an empty one.

    :raises NulInText: if a text or a field's name has a NUL, which the database cannot hold
    :raises ValueError: if it is nested deeper than any message is
    """
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        return {_text(name): texts_of(each, depth=depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [texts_of(each, depth=depth + 1) for each in value]
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text(value).strip()


def _text(value: Any) -> str:
    text = str(value)
    if "\0" in text:
        raise NulInText
    return text


def moment_in(text: str) -> datetime | None:
    """
    Return the moment that a text says; none where it is empty.

    ``yyyyMMddHHmmss`` in Asia/Ho_Chi_Minh, as the interface says; what vendors send otherwise is
    read, too: without seconds or time, and ``dd/MM/yyyy HH:mm:ss``.

    :raises ValueError: if it says none
    """
    if not text:
        return None
    if _DIGITS.fullmatch(text):
        return _moment(text[:4], text[4:6], text[6:8], text[8:10], text[10:12], text[12:])
    if found := _WRITTEN.fullmatch(text):
        day, month, year, *time = found.groups()
        return _moment(year, month, day, *time)
    raise ValueError(text)


def _moment(*parts: str | None) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    return datetime(year, month, day, hour, minute, second, tzinfo=HERE)


def moment_text(at: datetime | None) -> str:
    """Return a moment as the interface writes it; nothing as an empty text."""
    return "" if at is None else f"{at.astimezone(HERE):%Y%m%d%H%M%S}"


def listed(facts: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list; one that stands alone is one, a text is none."""
    value = facts.get(name) or []
    found = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [each for each in found if isinstance(each, dict)]
