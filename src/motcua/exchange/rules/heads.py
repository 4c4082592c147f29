"""Signed tree heads: what a log was at a moment, in the words its owner signs."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.exchange.rules.fields import Bare, Item, NotStructured, read_dictionary, written

FORMAT = "motcua-exchange-head/1"
HASH_SIZE = 32
_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class NotAHead(ValueError):
    """Something is no signed tree head, or its signature is wrong."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The root of a member's log when it had ``size`` entries, at a moment (in whole ms)."""

    log: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> bytes:
        """Return the five lines that are signed."""
        lines = (FORMAT, self.log, str(self.size), b64encode(self.root).decode(), str(self.millis))
        return "".join(f"{line}\n" for line in lines).encode()

    @property
    def millis(self) -> int:
        """Return its moment as milliseconds since 1970."""
        return (self.at - _SINCE) // _MILLISECOND


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A tree head with its owner's signature."""

    head: TreeHead
    key: str
    signature: bytes

    def check(self, key: Ed25519PublicKey) -> None:
        """
        Do nothing if the signature is the key's.

        :raises NotAHead: if it is not
        """
        try:
            key.verify(self.signature, self.head.text)
        except InvalidSignature as error:
            raise NotAHead("wrong signature") from error


def whole_millisecond(at: datetime) -> datetime:
    """Return a moment as heads tell it."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def write_head(signed: SignedHead) -> str:
    """Return a signed head as the value of the header ``Motcua-Log-Head`` (RFC 9651)."""
    head = signed.head
    facts: dict[str, Bare] = {
        "log": head.log,
        "size": head.size,
        "root": head.root,
        "at": head.millis,
        "keyid": signed.key,
        "sig": signed.signature,
    }
    return ", ".join(f"{name}={written(value)}" for name, value in facts.items())


def read_head(text: str) -> SignedHead:
    """
    Return a signed head as it was written, its signature unchecked.

    :raises NotAHead: if it is none
    """
    try:
        members = read_dictionary(text)
    except NotStructured as error:
        raise NotAHead(str(error)) from error
    values = {k: m.value for k, m in members.items() if isinstance(m, Item) and not m.parameters}
    match values:
        case {
            "log": str(log),
            "size": int(size),
            "root": bytes(root),
            "at": int(millis),
            "keyid": str(key),
            "sig": bytes(signature),
        } if size >= 0 and len(root) == HASH_SIZE and 0 <= millis < 2**43:
            at = _SINCE + millis * _MILLISECOND
            return SignedHead(TreeHead(log, size, root, at), key, signature)
    raise NotAHead("facts are missing")
