"""The digest of a body in its header ``Content-Digest`` (RFC 9530), always SHA-256."""

import hashlib
from typing import BinaryIO, Protocol

from motcua.exchange.rules.fields import Item, NotStructured, read_dictionary, usual_bytes, written

NAME = "sha-256"
SIZE = 32


class Source(Protocol):
    """What a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end."""
        ...


class DigestDiffers(ValueError):
    """The body is not what its digest says, or there is no digest we know."""


class TooMuch(ValueError):
    """The body is larger than it may be, or than was said."""


def content_digest(body: bytes) -> str:
    """Return the header's value for a body in memory."""
    return written_digest(hashlib.sha256(body).digest())


def written_digest(digest: bytes) -> str:
    """Return the header's value for a digest."""
    return f"{NAME}={written(digest)}"


def read_digest(header: str) -> bytes:
    """
    Return the SHA-256 that a header gives; other algorithms beside it are not looked at.

    :raises DigestDiffers: if there is none
    """
    usual = usual_bytes(NAME, header)
    if usual is not None and len(usual) == SIZE:
        return usual
    try:
        member = read_dictionary(header).get(NAME)
    except NotStructured as error:
        raise DigestDiffers(str(error)) from error
    if not (
        isinstance(member, Item) and isinstance(member.value, bytes) and len(member.value) == SIZE
    ):
        raise DigestDiffers("no sha-256")
    return member.value


def copy_hashed(source: Source, into: BinaryIO, *, most: int, piece: int = 2**16) -> bytes:
    """
    Copy a body while hashing it and return its SHA-256.

    :param most: how many bytes it may have
    :raises TooMuch: as soon as there are more
    """
    hashed, size = hashlib.sha256(), 0
    while part := source.read(piece):
        size += len(part)
        if size > most:
            raise TooMuch(str(most))
        hashed.update(part)
        into.write(part)
    return hashed.digest()
