"""
Certificates of members' keys: X.509 (RFC 5280), keys Ed25519 (RFC 8410).

A certificate names its member as the subject's common name. It is believed where one of the trust
anchors has issued it, directly: an authority that issues by another one gives that one as anchor.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtensionOID, NameOID

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

_UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
}


class NotACertificate(Invalid):
    code = "exchange.not-a-certificate"
    message = N_(
        "This is not a certificate in PEM form. Send the file that begins with "
        "-----BEGIN CERTIFICATE-----."
    )


class SelfSigned(Invalid):
    code = "exchange.self-signed"
    message = N_(
        "This certificate is signed by its own key. Have it issued by an authority that the "
        "exchange trusts."
    )


class UntrustedIssuer(Invalid):
    code = "exchange.untrusted-issuer"
    message = N_(
        "No trust anchor of the exchange has issued this certificate ({issuer}). Have it issued by "
        "one, or let the operator add that authority to the anchors."
    )


class CertificateOfAnother(Invalid):
    code = "exchange.certificate-of-another"
    message = N_(
        "This certificate is for {named}, not for {member}. Send the one made for {member}."
    )


class WrongKind(Invalid):
    code = "exchange.wrong-certificate"
    message = N_(
        "This certificate cannot be used to sign messages: it must hold an Ed25519 key, be no "
        "authority's, and allow digital signatures."
    )


class OutOfTime(Invalid):
    code = "exchange.certificate-out-of-time"
    message = N_("This certificate does not hold now: it is for {since} to {until}. Renew it.")


@dataclass(frozen=True, slots=True)
class Trusted:
    """A member's certificate that an anchor has issued; ``issuer`` is the anchor's fingerprint."""

    kid: str
    member: str
    public: Ed25519PublicKey
    serial: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    pem: str


def kid_of(public: Ed25519PublicKey) -> str:
    """Return how a key is named on the wire: 32 hexadecimal digits of the key's SHA-256."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:32]


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, in hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def load(pem: str) -> x509.Certificate:
    """
    Read one certificate.

    :raises NotACertificate: if it is none
    """
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise NotACertificate from None


def trusted(pem: str, member: str, *, anchors: Iterable[x509.Certificate], at: datetime) -> Trusted:
    """
    Read a certificate of a member and check that it may be believed.

    :raises NotACertificate: if it is none
    :raises SelfSigned: if its own key has signed it
    :raises UntrustedIssuer: if no anchor that holds at ``at`` has issued it
    :raises CertificateOfAnother: if it names somebody else
    :raises WrongKind: if it is not for signing messages
    """
    certificate = load(pem)
    issuer = _issuer_of(certificate, anchors, at=at)
    named = _named(certificate)
    if named != member:
        raise CertificateOfAnother(named=named or "?", member=member)
    return Trusted(
        kid_of(_signing_key(certificate)),
        member,
        _signing_key(certificate),
        f"{certificate.serial_number:x}",
        fingerprint(issuer),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.public_bytes(Encoding.PEM).decode(),
    )


def check_in_time(certificate: Trusted, *, at: datetime) -> None:
    """
    Check that a certificate holds at a moment.

    :raises OutOfTime: if it does not hold yet, or no longer
    """
    if not certificate.valid_from <= at < certificate.valid_until:
        since, until = certificate.valid_from, certificate.valid_until
        raise OutOfTime(since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}")


def is_authority(certificate: x509.Certificate, *, at: datetime) -> bool:
    """Tell whether a certificate is an authority's that may issue others at a moment."""
    if not certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc:
        return False
    try:
        found = certificate.extensions
        basic = found.get_extension_for_class(x509.BasicConstraints).value
        usage = found.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return basic.ca and usage.key_cert_sign


def _issuer_of(
    certificate: x509.Certificate, anchors: Iterable[x509.Certificate], *, at: datetime
) -> x509.Certificate:
    for anchor in anchors:
        if anchor != certificate and is_authority(anchor, at=at) and issued(certificate, anchor):
            return anchor
    if issued(certificate, certificate):
        raise SelfSigned
    raise UntrustedIssuer(issuer=certificate.issuer.rfc4514_string())


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether a certificate was signed by the key of another, and names it as its issuer."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _named(certificate: x509.Certificate) -> str:
    """Return the subject's common name; a subject with several names nobody."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""


def _signing_key(certificate: x509.Certificate) -> Ed25519PublicKey:
    try:
        public = certificate.public_key()
        extensions = certificate.extensions
    except (ValueError, x509.DuplicateExtension):
        raise WrongKind from None
    if not isinstance(public, Ed25519PublicKey):
        raise WrongKind
    for extension in extensions:
        value = extension.value
        authority = isinstance(value, x509.BasicConstraints) and value.ca
        silent = isinstance(value, x509.KeyUsage) and not value.digital_signature
        strange = extension.critical and extension.oid not in _UNDERSTOOD
        if authority or silent or strange:
            raise WrongKind
    return public
