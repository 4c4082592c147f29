"""
Signed messages between the portal and a bank.

HMAC-SHA256 over ``<timestamp>.<body>``; the timestamp (seconds since 1970) is part of what is
signed, so an old message cannot be made to look new. The comparison takes the same time whether
the first or the last digit differs.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
"""How far a message's clock may be from ours."""


class NotSigned(ValueError):
    """The signature is missing, wrong or too old; the message says which, for the log."""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature of ``body`` sent at ``timestamp``, in hexadecimal."""
    signed = str(timestamp).encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verify(secret: str, timestamp: str, signature: str, body: bytes, *, at: datetime) -> None:
    """
    Check that whoever knows ``secret`` sent ``body`` within five minutes of ``at``.

    :raises NotSigned: if not
    """
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        raise NotSigned("no timestamp")
    if not hmac.compare_digest(sign(secret, int(timestamp), body).encode(), signature.encode()):
        raise NotSigned("wrong signature")
    if abs(at.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        raise NotSigned("outside the time window")
