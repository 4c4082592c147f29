"""What the codes of dossiers and the ids of agencies say of members."""

import re

_TOP = re.compile(r"(?:^|\.)([A-Z]\d{2})(?:\.|$)")


def top_of(id_: str) -> str:
    """Return the first-level code in an agency's id (``H57`` in ``000.00.16.H57``), or nothing."""
    found = _TOP.search(id_)
    return found[1] if found else ""


def gave_code(member: str, code: str) -> bool:
    """Tell whether a dossier's code is one that a member gives: its own agencies' only."""
    return bool(top_of(member)) and top_of(code.rsplit("-", 2)[0]) == top_of(member)
