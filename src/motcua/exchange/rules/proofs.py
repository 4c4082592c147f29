"""Proofs that hold without us: what was sent and answered, by whom, and that it was logged."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.exchange.rules.certificates import check_in_time, kid_of, load, trusted
from motcua.exchange.rules.entries import Entry, read_entry
from motcua.exchange.rules.evidence import answer_digest, faults_of, request_digest
from motcua.exchange.rules.heads import NotAHead, SignedHead, read_head, write_head
from motcua.exchange.rules.merkle import leaf_hash, root_from_inclusion
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

FORMAT = "motcua-exchange-proof/1"
WITH_BODIES = "motcua-exchange-proof/2"
"""One that holds what was sent or answered too: who knows only the first checks no bodies."""


class NotAProof(Invalid):
    code = "exchange.not-a-proof"
    message = N_("This is not a proof of the exchange ({why}). Give the file that prove made.")


class Proof(msgspec.Struct, frozen=True, omit_defaults=True):
    """
    All that somebody needs beside the trust anchors.

    ``entry`` is the entry's text, to be hashed as it is; ``head`` is written as on the wire;
    ``path`` leads from the entry, which is number ``leaf``, to the head's root. ``request`` and
    ``answer`` are what was sent and answered, where the proof holds them.
    """

    format: str
    entry: str
    leaf: int
    head: str
    path: list[bytes]
    certificates: list[str]
    request: bytes | None = None
    answer: bytes | None = None


_decode = msgspec.json.Decoder(Proof).decode


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a proof shows; it holds where there are no ``faults``.

    ``bodies`` names those that were held against it, ``request`` or ``answer``.
    """

    entry: Entry
    leaf: int
    head: SignedHead
    faults: tuple[str, ...]
    bodies: tuple[str, ...] = ()


def make_proof(
    entry: bytes, leaf: int, head: SignedHead, path: Sequence[bytes], certificates: Iterable[str]
) -> bytes:
    """Return a proof as a file."""
    made = Proof(
        FORMAT, entry.decode(), leaf, write_head(head), list(path), sorted(set(certificates))
    )
    return _written(made)


def with_bodies(
    proof: bytes, *, request: bytes | None = None, answer: bytes | None = None
) -> bytes:
    """Return a proof that holds what was sent and answered too, as far as it is given."""
    made = msgspec.structs.replace(
        _decode(proof), format=WITH_BODIES, request=request, answer=answer
    )
    return _written(made)


def _written(proof: Proof) -> bytes:
    return msgspec.json.format(msgspec.json.encode(proof), indent=2) + b"\n"


def check_proof(
    text: bytes,
    *,
    anchors: Sequence[x509.Certificate],
    request: bytes | None = None,
    answer: bytes | None = None,
) -> Checked:
    """
    Check a proof, and the bodies it holds, with nothing but trust anchors.

    :param request: a body that is said to have been sent
    :param answer: a body that is said to have been answered
    :raises NotAProof: if it cannot be read
    """
    try:
        proof = _decode(text)
        entry, head = read_entry(proof.entry), read_head(proof.head)
    except (ValueError, RecursionError, NotAHead) as error:
        raise NotAProof(why=str(error)[:120]) from error
    if proof.format not in {FORMAT, WITH_BODIES}:
        raise NotAProof(why=proof.format[:40])
    keys = _Keys(proof.certificates, anchors)
    faults = [*faults_of(entry, keys.key_of), *_faults_of_head(proof, entry, head, keys)]
    held = {"request": (proof.request, request), "answer": (proof.answer, answer)}
    signed = {"request": request_digest(entry), "answer": answer_digest(entry)}
    for part, bodies in held.items():
        given = [body for body in bodies if body is not None]
        if any(hashlib.sha256(body).digest() != signed[part] for body in given):
            faults.append(f"{part}-body")
    bodies_held = tuple(part for part, bodies in held.items() if bodies != (None, None))
    return Checked(entry, proof.leaf, head, tuple(faults), bodies_held)


def _faults_of_head(proof: Proof, entry: Entry, head: SignedHead, keys: "_Keys") -> Iterator[str]:
    leaf = leaf_hash(proof.entry.encode())
    root = root_from_inclusion(leaf, proof.leaf, head.head.size, proof.path)
    if root != head.head.root:
        yield "not-in-the-log"
    if head.head.log != entry.log or head.head.at < entry.at:
        yield "another-log"
    key = keys.key_of(head.key, entry.log, head.head.at)
    if key is None:
        yield "head-key"
        return
    try:
        head.check(key)
    except NotAHead:
        yield "head-signature"


class _Keys:
    """Keys whose certificates an anchor has issued."""

    def __init__(self, certificates: Iterable[str], anchors: Sequence[x509.Certificate]) -> None:
        self._anchors = anchors
        self._pem = dict[str, str]()
        for pem in certificates:
            public = load(pem).public_key()
            if isinstance(public, Ed25519PublicKey):
                self._pem[kid_of(public)] = pem

    def key_of(self, kid: str, member: str, at: datetime) -> Ed25519PublicKey | None:
        pem = self._pem.get(kid)
        if pem is None:
            return None
        try:
            found = trusted(pem, member, anchors=self._anchors, at=at)
            check_in_time(found, at=at)
        except Invalid:
            return None
        return found.public
