"""
What of the journal leaves the portal for analysis, and under which names.

Persons and dossiers become pseudonyms by a keyed hash; of facts only codes, numbers and times
leave; no free text ever does. What leaves is still personal data to whoever holds the key
(Law 91/2025/QH15 on personal data, de-identification): the files are kept like the portal's own.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

KEPT = frozenset(
    "agency amount asking before channel count due_at fee kind level media_type moves entries "
    "paper procedure score size state step steps verdict view what".split()
)
"""Facts that leave as they are, where they are a code, a number or a time."""
PERSONS = frozenset("applicant asked_by filer holder holder_before owner party receiver".split())
"""Facts that are somebody's id: they leave as a pseudonym."""
NOBODY = "system:"
"""What ids of the portal's own workings begin with."""
_CODE = re.compile(r"[A-Za-z0-9_.:+/-]{0,60}")
_TOP = re.compile(r"[A-Z][0-9]{2}")


def pseudonym(value: str, *, key: bytes) -> str:
    """Return 32 hexadecimal digits that stand for an id; the same id, the same digits."""
    if not value or value.startswith(NOBODY):
        return value
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]


def facts_that_leave(facts: Mapping[str, Any], *, key: bytes) -> dict[str, Any]:
    """Return the facts of an entry that may leave; what nobody has named here stays."""
    found: dict[str, Any] = {}
    for name, value in sorted(facts.items()):
        if name in PERSONS and isinstance(value, str):
            found[name] = pseudonym(value, key=key)
        elif name in KEPT and (
            isinstance(value, int | float) or (isinstance(value, str) and _CODE.fullmatch(value))
        ):
            found[name] = value
    return found


def member_of(agency: str) -> str:
    """Return the first-level agency that an agency belongs to: ``000.00.00.H26``, or ``none``."""
    found = _TOP.search(agency)
    return f"000.00.00.{found[0]}" if found else "none"


def place_of(day: date, agency: str) -> str:
    """Return the folder of a row: by year, month and first-level agency."""
    return f"year={day.year}/month={day.month}/member={member_of(agency)}"
