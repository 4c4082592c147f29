"""Secrets that are shown once and kept as digests."""

import hashlib
import secrets

PREFIX = "mct_"


def new_secret() -> str:
    """Return a new token secret: 256 random bits behind a prefix that scanners can find."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret; it is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).digest()
