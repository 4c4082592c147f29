"""
How bodies that are kept are sealed: AES-256-GCM, each under a key of its own.

That key follows by HKDF (RFC 5869) from a secret of the portal and from where the body belongs, so
that no two bodies share one and none can be put in the place of another.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = ["BodyAltered", "BodyKeyMissing", "Where", "name_of", "seal", "unseal"]

_NONCE, _LENGTH = 12, 1


class BodyAltered(Conflict):
    code = "exchange.body-altered"
    message = N_(
        "What is kept here is not what was signed ({part}): somebody has changed it. It proves "
        "nothing; the proof without it still holds."
    )


class BodyKeyMissing(Conflict):
    code = "exchange.body-key-missing"
    message = N_(
        "What is kept here ({part}) is sealed with the key {key}, which this portal does not have. "
        "Let its operator name that key in EXCHANGE_BODIES_KEYS again."
    )


@dataclass(frozen=True, slots=True)
class Where:
    """Which body it is: the entry it is of, ``request`` or ``answer``, and in whose log."""

    entry: UUID
    part: str
    log: str

    def text(self) -> bytes:
        """Return it as bytes, to which a sealed body is bound."""
        return f"motcua-body/1\n{self.entry}\n{self.part}\n{self.log}".encode()


def name_of(secret: str) -> str:
    """Return by what a key is known beside what it sealed: 16 hexadecimal digits."""
    return hmac.new(secret.encode(), b"motcua-body-key", hashlib.sha256).hexdigest()[:16]


def seal(body: bytes, about: str, *, where: Where, secret: str) -> bytes:
    """
    Return a body sealed together with the personal id of whom it is about, if that is known.

    :param about: the id, at most 255 bytes as UTF-8; empty if not known
    """
    known, nonce = about.encode(), os.urandom(_NONCE)
    whole = len(known).to_bytes(_LENGTH) + known + body
    return nonce + _cipher(secret, where).encrypt(nonce, whole, where.text())


def unseal(sealed: bytes, key: str, *, where: Where, secrets: Iterable[str]) -> tuple[bytes, str]:
    """
    Return a body and whom it is about.

    :param key: the name of the key that sealed it
    :raises BodyKeyMissing: if none of the secrets is that key
    :raises BodyAltered: if it was changed, cut short, or belongs elsewhere
    """
    secret = next((each for each in secrets if name_of(each) == key), None)
    if secret is None:
        raise BodyKeyMissing(part=where.part, key=key)
    nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
    try:
        whole = _cipher(secret, where).decrypt(nonce, rest, where.text())
    except (InvalidTag, ValueError):
        raise BodyAltered(part=where.part) from None
    begins = _LENGTH + whole[0]
    return whole[begins:], whole[_LENGTH:begins].decode()


def _cipher(secret: str, where: Where) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=where.text()).derive(secret.encode()))
