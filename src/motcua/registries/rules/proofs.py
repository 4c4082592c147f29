"""How a value is known again without being kept."""

import hashlib
from typing import Any

import msgspec


def digest_of(value: Any) -> bytes:
    """Return the SHA-256 of a plain value: the same for the same value, in whatever order."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).digest()
