"""
Signed messages between the portal and a bank.

HMAC-SHA256 over ``<timestamp>.<body>``; the timestamp (seconds since 1970) is part of what is
signed, so an old message cannot be made to look new. The comparison takes the same time whether
the first or the last digit differs.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
"""How far a message's clock may be from ours."""
KEY, TIME, SIGNATURE = "X-Key-Id", "X-Timestamp", "X-Signature"


class NotSigned(ValueError):
    """The signature is missing, wrong or too old; the message says which, for the log."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret that two parties share, and the name they call it by."""

    id: str
    secret: str

    def sign(self, timestamp: int, body: bytes) -> dict[str, str]:
        """Return the headers that go with ``body`` sent at ``timestamp``."""
        return {
            KEY: self.id,
            TIME: str(timestamp),
            SIGNATURE: self._signature(str(timestamp), body),
        }

    def verify(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> None:
        """
        Check that whoever knows the secret sent ``body`` within five minutes of ``at``.

        :raises NotSigned: if not
        """
        timestamp, given = headers.get(TIME, ""), headers.get(SIGNATURE, "")
        if headers.get(KEY) != self.id:
            raise NotSigned("unknown key")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 13):
            raise NotSigned("no timestamp")
        if not hmac.compare_digest(self._signature(timestamp, body).encode(), given.encode()):
            raise NotSigned("wrong signature")
        if abs(at.timestamp() - int(timestamp)) > WINDOW.total_seconds():
            raise NotSigned("outside the time window")

    def _signature(self, timestamp: str, body: bytes) -> str:
        signed = timestamp.encode() + b"." + body
        return hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
