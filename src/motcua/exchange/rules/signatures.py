"""
HTTP Message Signatures (RFC 9421), in the one profile that members of the exchange use.

Ed25519, label ``motcua``, tag ``motcua-exchange``. What a request must sign is fixed: method,
authority, path, query, digest and type of its body, consumer, agreement, purpose, and three more
headers where they are sent. An answer signs its status, digest and type, and the signature of the
request it answers (§2.4), so that it is an answer to nothing else. Parameters are ``created``,
``expires``, ``nonce``, ``keyid``, ``alg`` and ``tag``. Another choice or order is refused, also
where the RFC would allow it: nothing is left for two readers to understand in two ways.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.exchange.rules.fields import (
    InnerList,
    Item,
    NotStructured,
    Parameters,
    read_dictionary,
    usual_bytes,
    written,
    written_parameters,
)
from motcua.exchange.rules.messages import Message, NotSigned

LABEL = "motcua"
TAG = "motcua-exchange"
ALGORITHM = "ed25519"
INPUT, SIGNATURE = "signature-input", "signature"
OF_REQUEST = (
    "@method",
    "@authority",
    "@path",
    "@query",
    "content-digest",
    "content-type",
    "motcua-consumer",
    "motcua-agreement",
    "motcua-purpose",
)
WHERE_SENT = ("content-encoding", "stream", "stream-offset")
OF_ANSWER = ("@status", "content-digest", "content-type")
BINDING = f'"{SIGNATURE}";req;key="{LABEL}"'
PARAMETERS = ("created", "expires", "nonce", "keyid", "alg", "tag")
LONGEST_NONCE = 64
_WORD = r'"([!#-\[\]-~]{1,64})"'
_USUAL = re.compile(
    rf";created=([0-9]{{1,12}});expires=([0-9]{{1,12}});nonce={_WORD};keyid={_WORD}"
    rf';alg="{ALGORITHM}";tag="{TAG}"'
)
"""Parameters as everybody writes them; what is written otherwise is read slowly, by the RFC."""
SIGNATURE_SIZE = 64


class WrongSignature(ValueError):
    """A signature is not that of the key over this message."""


class Signer(Protocol):
    """A private key."""

    def sign(self, data: bytes, /) -> bytes:
        """Return the signature of some bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Times:
    """When a signature was made, until when it is good, and what makes it unlike all others."""

    created: int
    expires: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as a message carries it, with the text that it is of."""

    times: Times
    key: str
    base: bytes
    signature: bytes

    def check(self, key: Ed25519PublicKey) -> None:
        """
        Do nothing if the signature is that of the key.

        :raises WrongSignature: if it is not
        """
        try:
            key.verify(self.signature, self.base)
        except InvalidSignature as error:
            raise WrongSignature(self.key) from error

    def headers(self) -> dict[str, str]:
        """Return the two headers that carry it."""
        marked = self.base.decode().rpartition('"@signature-params": ')[2]
        return {
            INPUT: f"{LABEL}={marked}",
            SIGNATURE: f"{LABEL}={written(self.signature)}",
        }


def components_of_request(headers: Mapping[str, str]) -> list[str]:
    """Return what a request with these headers has to sign, in order."""
    return [*OF_REQUEST, *(name for name in WHERE_SENT if name in headers)]


def sign_request(message: Message, *, times: Times, key: str, with_: Signer) -> Signed:
    """
    Sign a request.

    :raises NotSigned: if a header that has to be signed is not there
    """
    names = components_of_request(message.headers)
    lines = [(f'"{name}"', message.value(name)) for name in names]
    return _sign(lines, times, key, with_)


def sign_answer(
    message: Message, *, to: bytes | None, times: Times, key: str, with_: Signer
) -> Signed:
    """
    Sign an answer.

    :param to: the signature of the request; nothing where that had none that could be read
    """
    return _sign(_lines_of_answer(message, to), times, key, with_)


def times_in(parameters: str) -> Times:
    """
    Return the times in the value of ``@signature-params``.

    :raises NotSigned: if it is none in our profile
    """
    usual = _USUAL.fullmatch(parameters, parameters.find(")") + 1)
    if usual is not None:
        return Times(int(usual[1]), int(usual[2]), usual[3])
    found = _label({INPUT: f"{LABEL}={parameters}"}, INPUT)
    if not isinstance(found, InnerList):
        raise NotSigned("a signature of another shape")
    return _parameters(found.parameters)[0]


def signature_in(headers: Mapping[str, str]) -> bytes | None:
    """Return the bytes that a message gives for its signature, whatever they are worth."""
    if usual := usual_bytes(LABEL, headers.get(SIGNATURE, "")):
        return usual
    try:
        found = _label(headers, SIGNATURE)
    except NotSigned:
        return None
    if not isinstance(found, Item) or found.parameters:
        return None
    return found.value if isinstance(found.value, bytes) else None


def read_request(message: Message) -> Signed:
    """
    Return the signature of a request, unchecked.

    :raises NotSigned: if there is none in our profile
    """
    names = components_of_request(message.headers)
    return _read([(f'"{name}"', message.value(name)) for name in names], message.headers)


def read_answer(message: Message, *, to: bytes | None) -> Signed:
    """
    Return the signature of an answer to the request signed with ``to``, unchecked.

    :raises NotSigned: if there is none in our profile
    """
    return _read(_lines_of_answer(message, to), message.headers)


def base_of(lines: list[tuple[str, str]], parameters: str) -> bytes:
    """
    Return the signature base (RFC 9421 §2.5).

    :param lines: identifier and value of each component
    :param parameters: the value of ``@signature-params``
    :raises NotSigned: if a value has a line break or is not ASCII
    """
    lines = [*lines, ('"@signature-params"', parameters)]
    for name, value in lines:
        if not value.isascii() or "\n" in value or "\r" in value:
            raise NotSigned(f"{name} is not one line of ASCII")
    return "\n".join(f"{name}: {value}" for name, value in lines).encode()


def _lines_of_answer(message: Message, to: bytes | None) -> list[tuple[str, str]]:
    lines = [(f'"{name}"', message.value(name)) for name in OF_ANSWER]
    return lines if to is None else [*lines, (BINDING, written(to))]


def _sign(lines: list[tuple[str, str]], times: Times, key: str, with_: Signer) -> Signed:
    parameters: Parameters = {
        "created": times.created,
        "expires": times.expires,
        "nonce": times.nonce,
        "keyid": key,
        "alg": ALGORITHM,
        "tag": TAG,
    }
    names = " ".join(name for name, _ in lines)
    base = base_of(lines, f"({names}){written_parameters(parameters)}")
    return Signed(times, key, base, with_.sign(base))


def _read(lines: list[tuple[str, str]], headers: Mapping[str, str]) -> Signed:
    value = signature_in(headers)
    if value is None or len(value) != SIGNATURE_SIZE:
        raise NotSigned("no signature of this size")
    times, key, text = _usual(lines, headers) or _by_the_rfc(lines, headers)
    return Signed(times, key, base_of(lines, text), value)


def _usual(
    lines: list[tuple[str, str]], headers: Mapping[str, str]
) -> tuple[Times, str, str] | None:
    """Read parameters that are written to the letter as we write them ourselves."""
    given = headers.get(INPUT, "")
    start = f"{LABEL}=({' '.join(name for name, _ in lines)})"
    found = _USUAL.fullmatch(given, len(start)) if given.startswith(start) else None
    if found is None:
        return None
    times = Times(int(found[1]), int(found[2]), found[3])
    return times, found[4], given[len(LABEL) + 1 :]


def _by_the_rfc(lines: list[tuple[str, str]], headers: Mapping[str, str]) -> tuple[Times, str, str]:
    named = _label(headers, INPUT)
    if not isinstance(named, InnerList):
        raise NotSigned("a signature of another shape")
    covered = [
        f"{written(item.value)}{written_parameters(item.parameters)}" for item in named.items
    ]
    if covered != [name for name, _ in lines]:
        raise NotSigned("other components than have to be signed")
    times, key = _parameters(named.parameters)
    return times, key, named.text


def _label(headers: Mapping[str, str], name: str) -> Item | InnerList:
    try:
        members = read_dictionary(headers.get(name, ""))
    except NotStructured as error:
        raise NotSigned(f"{name}: {error}") from error
    if set(members) != {LABEL}:
        raise NotSigned(f"{name} with other labels")
    return members[LABEL]


def _parameters(given: Parameters) -> tuple[Times, str]:
    match dict(given):
        case {
            "created": int(created),
            "expires": int(expires),
            "nonce": str(nonce),
            "keyid": str(key),
            "alg": "ed25519",
            "tag": "motcua-exchange",
        } if tuple(given) == PARAMETERS and 0 < len(nonce) <= LONGEST_NONCE:
            return Times(created, expires, nonce), key
    raise NotSigned("other parameters than our profile has")
