"""What a message of the old interface holds beside the native shape, cut to what can be kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from motcua.sync.rules.outward import cut

__all__ = ["MOST_DETAIL", "Detail", "detail_of"]

MOST_DETAIL = 32_768
"""Bytes of what is kept beside a dossier; lists are left out from there, and that is told."""
_LISTS = ("TaiLieuNop", "DSKetNoiCSDL", "DanhSachLePhi", "DanhSachGiayToKetQua")


@dataclass(frozen=True, slots=True)
class Detail:
    """What a message says that the native shape has no place for; ``left_out`` was too large."""

    part: str
    as_of: datetime
    facts: dict[str, Any]
    left_out: tuple[str, ...] = ()


def detail_of(part: str, as_of: datetime, facts: dict[str, Any]) -> Detail | None:
    """Return what is kept of these facts; nothing where there are none."""
    if not facts:
        return None
    left_out: list[str] = []
    for name in (*_LISTS, *_largest_first(facts)):
        if len(msgspec.json.encode(facts)) <= MOST_DETAIL:
            break
        if facts.pop(name, None) is not None:
            left_out.append(name)
    return Detail(cut(part, 40), as_of, facts, tuple(left_out))


def _largest_first(facts: dict[str, Any]) -> Iterable[str]:
    return sorted(facts, key=lambda name: len(msgspec.json.encode(facts[name])), reverse=True)
