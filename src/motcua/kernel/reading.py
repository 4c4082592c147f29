"""JSON that others send: whatever came is read, or refused for a reason that can be told."""

from typing import Any, TypeVar

import msgspec

__all__ = ["NOT_JSON", "NotReadable", "read_json"]

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised of bytes that are no JSON, are nested without end, or are not of the shape."""
T = TypeVar("T")


class NotReadable(ValueError):
    """Why something cannot be read."""


def read_json(body: bytes, kind: type[T]) -> T:
    """
    Return what some JSON says, as a type.

    :raises NotReadable: if it is none, is nested too deep, or has a NUL, which no database holds
    """
    try:
        found = msgspec.json.decode(body, type=kind)
        if b"\\u0000" in body and _has_nul(msgspec.json.decode(body)):
            raise NotReadable("NUL")
    except NOT_JSON as problem:
        deep = isinstance(problem, RecursionError)
        raise NotReadable("nested too deep" if deep else str(problem)[:200]) from None
    return found


def _has_nul(value: Any) -> bool:
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, dict):
            left += [*each, *each.values()]
        elif isinstance(each, list):
            left += each
    return False
