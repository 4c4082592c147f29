"""What is kept of an applicant's number: a keyed hash, and marks of what is wrong with it."""

import re
from hashlib import blake2b

from motcua.kernel.personal_id import flaw_in

__all__ = ["DUMMY", "MALFORMED", "MISSING", "flags_of", "person_hash", "tidy_number"]

MISSING = 1
"""No number was told."""
DUMMY = 2
"""A number made up to fill the field, such as 000000001."""
MALFORMED = 4
"""Not a personal id, an old card's number or a tax code."""

_DUMMIES = {"123456789", "987654321", "123456789012", "012345678901", "0123456789", "1234567890"}
_SAME = re.compile(r"(.)\1*0{0,3}")
_PADDED = re.compile(r"0{5,}\d{0,4}")
_TAX_CODE = re.compile(r"\d{10}(-\d{3})?", re.ASCII)
_OLD_CARD = re.compile(r"\d{9}", re.ASCII)


def flags_of(number: str) -> int:
    """Return what is wrong with an applicant's number: 0, `MISSING`, `DUMMY` or `MALFORMED`."""
    if not number:
        return MISSING
    if number in _DUMMIES:
        return DUMMY
    if len(number) == 12 and flaw_in(number) is None:
        return 0
    if _SAME.fullmatch(number) or _PADDED.fullmatch(number):
        return DUMMY
    if _OLD_CARD.fullmatch(number) or _TAX_CODE.fullmatch(number):
        return 0
    return MALFORMED


def person_hash(number: str, *, key: bytes) -> bytes:
    """Return the hash of a number by which their dossiers are found, 16 bytes."""
    return blake2b(number.encode(), key=key, digest_size=16, person=b"sync").digest()


def tidy_number(number: str) -> str:
    """Return a number as it is compared: without spaces around or inside."""
    return "".join(number.split())
