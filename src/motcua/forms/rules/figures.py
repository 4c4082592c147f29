"""Figures as people write them: thousands by points and decimals by a comma in Vietnamese."""

from datetime import date
from decimal import Decimal
from typing import Any

from motcua.forms.rules.words import NO, YES


def figure(value: Any, format: str, language: str) -> str:  # noqa: A002
    """
    Return a value that was worked out, in words; nothing for what is empty.

    :param format: number, money, text or date; a boolean is said as yes or no whatever the format
    """
    if isinstance(value, bool):
        return (YES if value else NO)[language]
    if isinstance(value, int | float | Decimal):
        return _number(value, language)
    if format == "date" and isinstance(value, str | date):
        return _day(value)
    return "" if value is None else str(value)


def _number(value: float | Decimal, language: str) -> str:
    text = f"{Decimal(str(value)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language.startswith("en") else text.translate(str.maketrans(",.", ".,"))


def _day(value: str | date) -> str:
    text = value if isinstance(value, str) else value.isoformat()
    return "/".join(part.lstrip("0") for part in reversed(text.split("-")))
