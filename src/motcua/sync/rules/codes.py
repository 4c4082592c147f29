"""
What the code of a dossier says: whose it is and of which year.

A code is ``{agency id}-{yyMMdd}-{number}`` (facts seen in provincial systems); agency ids are full,
``000.00.16.H57``, or short, ``H57.16``. What vendors send otherwise is kept under year 0 as long as
it names an agency.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["LONGEST", "NO_YEAR", "Place", "member_of", "place_of", "top_of_member"]

NO_YEAR = 0
"""The year of codes that carry no day."""

LONGEST = 60
"""Characters of the longest code."""

_AGENCY = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.)?([A-Z]\d{2})(?:\.\d{2,3}){0,3}", re.ASCII)
_NUMBER = re.compile(r"(?=.{1,30}$)[0-9A-Z_]+(?:[._/][0-9A-Z_]+)*", re.ASCII)
_DAY = re.compile(r"\d{6}", re.ASCII)
_MEMBER = re.compile(r"000\.00\.00\.([A-Z]\d{2})", re.ASCII)


class Place(NamedTuple):
    """Where a code belongs: the first-level code of its agency, ``H57``, and its year or 0."""

    member: str
    year: int


def place_of(code: str) -> Place | None:
    """Return where a dossier belongs by its code; ``None`` if it names no agency."""
    if len(code) > LONGEST:
        return None
    head, _, number = code.rpartition("-")
    agency, _, day = head.rpartition("-")
    if not agency:
        agency, day = head, ""
    top = _top_of(agency)
    if top is None or not _NUMBER.fullmatch(number):
        return None
    return Place(top, _year_of(day))


@lru_cache(maxsize=20_000)
def _top_of(agency: str) -> str | None:
    found = _AGENCY.fullmatch(agency)
    return found[1] if found else None


@lru_cache(maxsize=20_000)
def _year_of(day: str) -> int:
    """Return the year of ``yyMMdd``, or 0 where that is no day."""
    if not _DAY.fullmatch(day):
        return NO_YEAR
    try:
        return date(2000 + int(day[:2]), int(day[2:4]), int(day[4:])).year
    except ValueError:
        return NO_YEAR


def top_of_member(member: str) -> str | None:
    """Return the first-level code of a member's id: ``H26`` of ``000.00.00.H26``."""
    found = _MEMBER.fullmatch(member)
    return found[1] if found else None


def member_of(top: str) -> str:
    """Return the id of the member with a first-level code."""
    return f"000.00.00.{top}"
