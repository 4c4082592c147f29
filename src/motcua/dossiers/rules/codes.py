"""
The code of a dossier: agency, day, number of the day (facts seen in provincial systems).

That of a linked filing is ``LT-`` and twelve digits.
"""

import re
from datetime import date

CODE = re.compile(r"(?P<agency>[A-Z0-9.]{3,24})-(?P<day>\d{6})-(?P<number>\d{4,})")


LINKED = re.compile(r"LT-\d{4}-\d{4}-\d{4}")


def dossier_code(agency: str, day: date, number: int) -> str:
    """Return ``000.00.16.H57-200917-0001``: the number has at least four digits."""
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def tidy_code(typed: str) -> str | None:
    """Return a code as people type or paste it, put right; ``None`` if it cannot be one."""
    code = re.sub(r"[\s\u2010-\u2015]+", lambda m: "" if m[0].isspace() else "-", typed).upper()
    return code if CODE.fullmatch(code) or LINKED.fullmatch(code) else None


CLAIM_LETTERS = "23456789ACDEFGHJKLMNPQRTUVWXYZ"
"""What a claim is made of: nothing that is read for something else on paper."""

CLAIM_LENGTH = 6


def tidy_claim(typed: str) -> str:
    """Return a claim as people type it off a receipt, put right."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())
