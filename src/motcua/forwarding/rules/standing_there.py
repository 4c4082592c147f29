"""How a clerk knows that who stands there may act on what the desk took."""

from dataclasses import dataclass
from hmac import compare_digest

from motcua.forwarding.rules.manifest import Manifest, Person

__all__ = ["LETTER", "RECEIPT", "Shown", "is_letter", "known_by"]

RECEIPT, LETTER = "receipt", "letter"


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What somebody showed: an identity paper, and the number on it, or the receipt, and its secret.

    ``document`` is the name of a paper or ``receipt``, ``proof`` what was typed or scanned from it;
    of a ``letter`` it is the tracking number.
    """

    document: str
    proof: str


def is_letter(shown: Shown) -> bool:
    """Tell whether nobody stands there: they wrote, and the tracking number was typed."""
    return shown.document == LETTER and 4 <= len(shown.proof.strip()) <= 80


def known_by(shown: Shown, told: Manifest, secret: str) -> Person | None:
    """
    Return as whom somebody stands there, nothing if what they showed is not theirs.

    Who was there when it was filed, or whose it is, is known by their number; by the receipt is
    known to whom it was given. A secret that was used up opens nothing, nor does the number of an
    organisation.
    """
    there = told.acting or told.applicant
    if shown.document == RECEIPT:
        typed = "".join(filter(str.isalnum, shown.proof)).upper()
        return there if secret and compare_digest(secret, typed) else None
    typed = "".join(filter(str.isdigit, shown.proof.partition("|")[0]))
    people = [each for each in (there, told.applicant) if each.kind == "person"]
    return next((x for x in people if "".join(filter(str.isdigit, x.number)) == typed), None)
