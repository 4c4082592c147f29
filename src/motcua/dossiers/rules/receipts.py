"""The seal in a receipt's QR code: what was printed, so that an altered paper is told apart."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

NUMBER = 4
"""Bytes of a moment, in minutes since 1970: enough until the year 10000."""
MARK = 10
"""Bytes of the HMAC-SHA256 that are printed: 80 bits, and tries are counted."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a receipt says: when the dossier was filed, and for when its result is promised."""

    filed_at: datetime
    due_at: datetime


def seal(code: str, printed: Printed, *, key: str) -> str:
    """Return 24 letters that stand for what a receipt says, and that nobody else can make."""
    said = _number(printed.filed_at) + _number(printed.due_at)
    return urlsafe_b64encode(said + _mark(code, said, key)).decode()


def unsealed(code: str, token: str, *, key: str) -> Printed | None:
    """Return what the receipt of ``code`` said when it was printed; ``None`` if it is forged."""
    try:
        whole = urlsafe_b64decode(token.encode())
    except (NotBase64, UnicodeEncodeError, ValueError):
        return None
    said, mark = whole[: 2 * NUMBER], whole[2 * NUMBER :]
    genuine = len(token) == 24 and hmac.compare_digest(mark, _mark(code, said, key))
    return Printed(_moment(said[:NUMBER]), _moment(said[NUMBER:])) if genuine else None


def to_the_minute(moment: datetime) -> datetime:
    """Return a moment as it is printed: without seconds."""
    return moment.replace(second=0, microsecond=0)


def _mark(code: str, said: bytes, key: str) -> bytes:
    return hmac.new(key.encode(), code.encode() + b"\0" + said, sha256).digest()[:MARK]


def _number(moment: datetime) -> bytes:
    return int(moment.timestamp() // 60).to_bytes(NUMBER, "big")


def _moment(said: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(said, "big") * 60, UTC)
