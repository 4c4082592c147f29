"""What a dossier is found by at the desk."""

from collections.abc import Mapping
from typing import Any

from motcua.forms.queries.forms import words_found_by
from motcua.kernel.folding import fold
from motcua.packs.queries.packs import Pack

MOST = 4000
"""The longest text that is looked through, in characters."""


def sought_in(pack: Pack, answers: Mapping[str, Any], *, code: str, applicant: str) -> str:
    """Return the folded words of code, applicant's name and searchable answers."""
    return sought_by(code, applicant, words_found_by(pack.form, answers))


def sought_by(code: str, applicant: str, words: str) -> str:
    """Return the same from the words of the answers, where these are known already."""
    return f" {' '.join(filter(None, (fold(code), fold(applicant), words)))}"[:MOST]
