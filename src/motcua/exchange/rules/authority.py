"""What a certificate authority does: its own root, requests, certificates, revocation lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

ROOT_LASTS = timedelta(days=3652)
KEY_LASTS = timedelta(days=365)
LIST_LASTS = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=5)
"""A new certificate begins this much earlier, for members whose clocks are a little behind."""

REASONS: dict[str, str] = {
    "key_compromise": N_("somebody else may have the private key"),
    "superseded": N_("a newer key is used instead"),
    "cessation_of_operation": N_("the key is no longer needed"),
    "affiliation_changed": N_("the agency was merged or renamed"),
    "privilege_withdrawn": N_("the member lost its right to use it"),
    "unspecified": N_("another reason"),
}
"""Why a key is revoked, by the name in RFC 5280, section 5.3.1."""


class NotARequest(Invalid):
    code = "exchange.not-a-request"
    message = N_(
        "This is not a certificate request in PEM form, or its signature is wrong. Send the file "
        "that begins with -----BEGIN CERTIFICATE REQUEST-----."
    )


class RequestOfAnother(Invalid):
    code = "exchange.request-of-another"
    message = N_(
        "This request is for {named}, not for {member}. A member may ask only for its own name."
    )


class RequestOfWrongKind(Invalid):
    code = "exchange.request-of-wrong-kind"
    message = N_("The key in this request is of another kind. Make an Ed25519 key and ask again.")


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that can issue: its certificate and its key."""

    certificate: x509.Certificate
    private: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that no longer holds; ``reason`` is one of ``REASONS``."""

    serial: str
    at: datetime
    reason: str


def _name(common: str, organization: str) -> x509.Name:
    known = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        known.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]))
    return x509.Name(known)


def _usage(*, signs_messages: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_messages,
        content_commitment=signs_messages,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_messages,
        crl_sign=not signs_messages,
        encipher_only=False,
        decipher_only=False,
    )


def new_root(name: str, *, at: datetime) -> Authority:
    """Make an authority that has certified itself, for ten years."""
    private = Ed25519PrivateKey.generate()
    public, subject = private.public_key(), _name(f"{name} CA", "Một Cửa")
    certificate = (
        x509.CertificateBuilder(subject, subject, public, x509.random_serial_number())
        .not_valid_before(at - CLOCKS_DIFFER)
        .not_valid_after(at + ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_messages=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(private, None)
    )
    return Authority(certificate, private)


def request_for(member: str, private: Ed25519PrivateKey, *, organization: str = "") -> str:
    """Return a request (PKCS #10, PEM) for a certificate of a member's key."""
    builder = x509.CertificateSigningRequestBuilder(_name(member, organization))
    return builder.sign(private, None).public_bytes(Encoding.PEM).decode()


def key_in(request: str, member: str) -> Ed25519PublicKey:
    """
    Return the key that a member asks a certificate for, which has signed the request.

    :raises NotARequest: if it cannot be read, or its signature is wrong
    :raises RequestOfAnother: if it names somebody else
    :raises RequestOfWrongKind: if the key is not Ed25519
    """
    try:
        known = x509.load_pem_x509_csr(request.encode())
        if not known.is_signature_valid:
            raise NotARequest
        public = known.public_key()
    except (ValueError, InvalidSignature):
        raise NotARequest from None
    names = known.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    named = str(names[0].value) if len(names) == 1 else "?"
    if named != member:
        raise RequestOfAnother(named=named, member=member)
    if not isinstance(public, Ed25519PublicKey):
        raise RequestOfWrongKind
    return public


def certify(
    authority: Authority,
    member: str,
    public: Ed25519PublicKey,
    *,
    organization: str,
    at: datetime,
    lasts: timedelta = KEY_LASTS,
) -> str:
    """Return a certificate (PEM) that a key is a member's; it ends no later than the authority."""
    ends = min(at + lasts, authority.certificate.not_valid_after_utc)
    issuer = authority.private.public_key()
    certificate = (
        x509.CertificateBuilder(
            authority.certificate.subject,
            _name(member, organization),
            public,
            x509.random_serial_number(),
        )
        .not_valid_before(at - CLOCKS_DIFFER)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_messages=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
        .sign(authority.private, None)
    )
    return certificate.public_bytes(Encoding.PEM).decode()


def revocation_list(authority: Authority, revoked: Iterable[Revoked], *, at: datetime) -> bytes:
    """Return the signed list (CRL, DER) of an authority's certificates that were revoked."""
    builder = x509.CertificateRevocationListBuilder(
        authority.certificate.subject, at, at + LIST_LASTS
    ).add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    for each in revoked:
        reason = x509.CRLReason(x509.ReasonFlags[each.reason])
        entry = x509.RevokedCertificateBuilder(int(each.serial, 16), each.at)
        if each.reason != "unspecified":
            entry = entry.add_extension(reason, critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.private, None).public_bytes(Encoding.DER)
