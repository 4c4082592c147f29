"""
Entries of the message log as bytes: what the Merkle tree is over, and what a proof shows.

JSON (RFC 8259), members in the order given here, no spaces, UTF-8, times in UTC with microseconds,
bytes as base64. Whoever checks a proof hashes the text that the proof holds; nobody has to write
it anew.
"""

from datetime import UTC, datetime
from typing import Literal

import msgspec

from motcua.exchange.rules.merkle import leaf_hash

VERSION = 1


class Part(msgspec.Struct, frozen=True):
    """What one side signed: the text, the signature, the name of the key."""

    text: str
    signature: bytes
    key: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One call as one side keeps it; see the model of the same name."""

    version: int = VERSION
    id: str
    log: str
    side: Literal["consumer", "provider"]
    at: datetime
    consumer: str
    provider: str
    service: str
    agreement: str | None
    purpose: str
    size: int
    person: bytes | None
    asked: Part
    status: int | None
    answered: Part | None
    answered_at: datetime | None


_decode = msgspec.json.Decoder(Entry).decode


def text_of(entry: Entry) -> bytes:
    """Return the bytes of an entry."""
    return msgspec.json.encode(entry)


def hash_of(entry: Entry) -> bytes:
    """Return the hash by which an entry stands in the tree."""
    return leaf_hash(text_of(entry))


def read_entry(text: bytes | str) -> Entry:
    """
    Return the entry in some bytes.

    :raises ValueError: if there is none
    """
    return _decode(text)


def in_utc(at: datetime) -> datetime:
    """Return a moment as entries tell it."""
    return at.astimezone(UTC)
