"""What a system that speaks the old interface says became of what it was sent."""

from collections.abc import Sequence
from typing import Any

__all__ = ["rows_of", "untaken_in"]


def rows_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ``result`` of an answer."""
    found = answer.get("result")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def untaken_in(
    answer: dict[str, Any], things: Sequence[dict[str, Any]]
) -> list[tuple[str, str]] | None:
    """
    Return the code of each thing that was not taken, and why; none where all were.

    Where an answer is no ``0``, only a row that is one itself was taken. A thing is named by its
    ``MaHoSo``, else by its ``stt`` from 1. ``None`` where something was refused, but not which.
    """
    code = str(answer.get("error_code") or "")
    found: list[tuple[str, str]] = []
    for row in rows_of(answer):
        said = str(row.get("error_code") or code)
        if said == "0":
            continue
        named = _named(row, things)
        if not named:
            return None
        found.append((named, str(row.get("message") or answer.get("message") or said or "?")))
    return found if found or code == "0" else None


def _named(row: dict[str, Any], things: Sequence[dict[str, Any]]) -> str:
    codes, place = [thing["MaHoSo"] for thing in things], str(row.get("stt") or "")
    if row.get("MaHoSo") in codes:
        return str(row["MaHoSo"])
    if place.isdecimal() and len(place) < 6 and 0 < int(place) <= len(codes):
        return str(codes[int(place) - 1])
    return ""
