"""JSON values as answers: which are empty, which cannot be used at all, what lies in a block."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.kernel.text import visible

LONGEST = 100_000
"""A text with more characters is no answer to any question."""
MOST_ITEMS = 1000
"""A list with more values is no answer."""
MOST_ROWS = 200
"""More rows than any form may ask (100): a longer list is not even looked through."""
_LARGEST = 10**18
_DEEPEST = 3
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_empty(value: Any) -> bool:
    """Tell whether ``value`` is no answer: None, "", [] or {}; 0 and false are answers."""
    return not value and value is not False and not isinstance(value, (int, float))


def fits(value: Any, depth: int = _DEEPEST) -> bool:
    """
    Tell whether a value can be looked at: text of Unicode, real numbers, of sizes people make.

    Texts of megabytes, lone surrogates, NaN, infinities, numbers of a hundred digits, deep
    nesting and endless lists are refused here at once, before anything walks through them.
    """
    if isinstance(value, str):
        return len(value) <= LONGEST and (value.isascii() or not _SURROGATE.search(value))
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, (int, float)):
        return -_LARGEST < value < _LARGEST
    if not depth or not isinstance(value, (list, dict)) or len(value) > MOST_ITEMS:
        return False
    if isinstance(value, list):
        return all(fits(each, depth - 1) for each in value)
    return all(fits(key) and fits(each, depth - 1) for key, each in value.items())


def meant(text: str) -> str:
    """Return what somebody wrote: trimmed, composed (NFC), without signs that nobody sees."""
    text = visible(text.replace("\r\n", "\n").replace("\r", "")).strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def meant_in(value: Any) -> Any:
    """Return a value that fits, with every text in it as it was meant."""
    if isinstance(value, str):
        return meant(value)
    if isinstance(value, list):
        return [meant_in(each) for each in value]
    if isinstance(value, dict):
        return {key: meant_in(each) for key, each in value.items()}
    return value


def printable(name: str) -> str:
    """Return a name that somebody sent so that it can be shown: short, of real characters."""
    return _SURROGATE.sub("?", name if len(name) <= 60 else f"{name[:60]}…")


def as_json(value: Any) -> Any:
    """Return the value of an expression as an answer: numbers as JSON has them, dates in ISO."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
