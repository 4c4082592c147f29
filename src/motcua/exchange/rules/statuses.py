"""
What a responder says of one certificate (OCSP, RFC 6960).

An answer is believed where the authority signed it, or one whom it certified for that; where it is
about the certificate and the question that was asked; and where it is of now.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from motcua.exchange.rules.authority import REASONS
from motcua.exchange.rules.certificates import issued
from motcua.exchange.rules.revocations import (
    CLOCKS_DIFFER,
    MOST_PLACES,
    NotBelieved,
    Revocation,
    web_places,
)

__all__ = ["Question", "SignedStatus", "ask_about", "read_answer", "responders_in"]

NONCE = 32
"""How many random bytes a question carries (RFC 9654)."""
FRESH_FOR = timedelta(hours=2)
"""How long an answer to our very question is new that does not say when the next one comes."""
MOST_CERTIFICATES = 5
_STRONG = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension)
_UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.OCSP_NO_CHECK,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a certificate: ``raw`` as it is sent, with a nonce of its own."""

    certificate: x509.Certificate
    issuer: x509.Certificate
    nonce: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class SignedStatus:
    """
    What is believed of a certificate at ``since``, until a newer answer is due at ``until``.

    ``revoked`` is nothing while it is good. ``by`` is the serial number of the certificate of who
    answered in the authority's stead, where that is to be looked for in the authority's lists.
    """

    since: datetime
    until: datetime
    revoked: Revocation | None
    by: str


def responders_in(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the web addresses where a certificate says that one can ask about it."""
    try:
        named = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    names = [each.access_location for each in named.value if each.access_method == Access.OCSP]
    return web_places(names)[:MOST_PLACES]


def ask_about(certificate: x509.Certificate, issuer: x509.Certificate) -> Question:
    """Return a new question; SHA-1 only names the issuer in it, as every responder knows it."""
    nonce = os.urandom(NONCE)
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
    built = builder.add_extension(x509.OCSPNonce(nonce), critical=False).build()
    return Question(certificate, issuer, nonce, built.public_bytes(Encoding.DER))


def read_answer(raw: bytes, question: Question, *, at: datetime) -> SignedStatus:
    """
    Read an answer (DER) and check that it may be believed.

    :raises NotBelieved: if anything does not hold, or the responder does not know the certificate
    """
    try:
        found = ocsp.load_der_ocsp_response(raw)
        if found.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise NotBelieved(why=f"OCSP {found.response_status.name.lower()}")
        by = _signer(found, question.issuer, at=at)
        return _status(found, question, by, at=at)
    except _BROKEN:
        raise NotBelieved(why="no answer") from None


def _status(found: ocsp.OCSPResponse, question: Question, by: str, *, at: datetime) -> SignedStatus:
    ours = _is_ours(found, question)
    said = _about(found, question)
    since, until = said.this_update_utc, said.next_update_utc
    if until is None and ours:
        until = max(at, since) + FRESH_FOR
    if until is None or until <= since:
        raise NotBelieved(why="no end")
    if since > at + CLOCKS_DIFFER:
        raise NotBelieved(why="not yet")
    if until <= at - CLOCKS_DIFFER:
        raise NotBelieved(why="expired")
    return SignedStatus(since, until, _revocation(said, at=at), by)


def _revocation(said: ocsp.OCSPSingleResponse, *, at: datetime) -> Revocation | None:
    if said.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        raise NotBelieved(why="unknown")
    if said.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return None
    told = said.revocation_reason.name if said.revocation_reason else "unspecified"
    since = said.revocation_time_utc or at
    return Revocation(min(since, at), told if told in REASONS else "unspecified")


def _is_ours(found: ocsp.OCSPResponse, question: Question) -> bool:
    """Tell whether it answers our very question, not only one like it; another's is refused."""
    for each in found.extensions:
        if isinstance(each.value, x509.OCSPNonce):
            if each.value.nonce != question.nonce:
                raise NotBelieved(why="nonce")
            return True
        if each.critical:
            raise NotBelieved(why="not understood")
    return False


def _about(found: ocsp.OCSPResponse, question: Question) -> ocsp.OCSPSingleResponse:
    """Return what is said of the certificate; where that is said twice, the worse."""
    said = [each for each in found.responses if _is_about(each, question)]
    if not said:
        raise NotBelieved(why="another")
    return min(said, key=lambda each: each.certificate_status is ocsp.OCSPCertStatus.GOOD)


def _is_about(said: ocsp.OCSPSingleResponse, question: Question) -> bool:
    named = ocsp.OCSPRequestBuilder().add_certificate(
        question.certificate, question.issuer, said.hash_algorithm
    )
    ours = named.build()
    return (said.serial_number, said.issuer_name_hash, said.issuer_key_hash) == (
        ours.serial_number,
        ours.issuer_name_hash,
        ours.issuer_key_hash,
    )


def _signer(found: ocsp.OCSPResponse, issuer: x509.Certificate, *, at: datetime) -> str:
    """Return the serial number of who signed in the authority's stead; empty: it did itself."""
    if _is_by(found, issuer):
        _check_signed(found, issuer)
        return ""
    for each in _delegates(found, issuer, at=at):
        _check_signed(found, each)
        known = each.extensions
        freed = any(extension.oid == ExtensionOID.OCSP_NO_CHECK for extension in known)
        return "" if freed else f"{each.serial_number:x}"
    raise NotBelieved(why="responder")


def _delegates(
    found: ocsp.OCSPResponse, issuer: x509.Certificate, *, at: datetime
) -> Iterator[x509.Certificate]:
    """Yield the certificates with it by which the authority lets somebody answer for it."""
    for each in found.certificates[:MOST_CERTIFICATES]:
        holds = each.not_valid_before_utc <= at < each.not_valid_after_utc
        if holds and _is_by(found, each) and issued(each, issuer) and _may_answer(each):
            yield each


def _may_answer(certificate: x509.Certificate) -> bool:
    usages, may = list[x509.ObjectIdentifier](), True
    for each in certificate.extensions:
        if isinstance(each.value, x509.ExtendedKeyUsage):
            usages = list(each.value)
        silent = isinstance(each.value, x509.KeyUsage) and not each.value.digital_signature
        strange = each.critical and each.oid not in _UNDERSTOOD
        may = may and not silent and not strange
    return may and ExtendedKeyUsageOID.OCSP_SIGNING in usages


def _is_by(found: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    if found.responder_name is not None:
        return found.responder_name == signer.subject
    named = x509.SubjectKeyIdentifier.from_public_key(signer.public_key()).digest
    return found.responder_key_hash == named


def _check_signed(found: ocsp.OCSPResponse, signer: x509.Certificate) -> None:
    public, way = signer.public_key(), found.signature_hash_algorithm
    signed = (found.signature, found.tbs_response_bytes)
    try:
        if isinstance(public, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            public.verify(*signed)
        elif isinstance(public, rsa.RSAPublicKey) and isinstance(way, _STRONG):
            public.verify(*signed, padding.PKCS1v15(), way)
        elif isinstance(public, ec.EllipticCurvePublicKey) and isinstance(way, _STRONG):
            public.verify(*signed, ec.ECDSA(way))
        else:
            raise NotBelieved(why="signature")
    except InvalidSignature:
        raise NotBelieved(why="signature") from None
