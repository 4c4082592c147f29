"""
Lists of revoked certificates that authorities sign (CRL, RFC 5280 section 5).

A list is believed where the authority's own key has signed it, it is of now, and it is about all
that is asked of it: lists of changes, and of some reasons only, are not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.exchange.rules.authority import REASONS
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

__all__ = [
    "MOST_PLACES",
    "TROUBLES",
    "NotBelieved",
    "Revocation",
    "RevokedThere",
    "SignedList",
    "follows",
    "places_in",
    "read_list",
    "revocations_in",
    "web_places",
]

CLOCKS_DIFFER = timedelta(minutes=5)
MOST_PLACES = 3
"""In how many places a certificate's list is looked for."""
_UNDERSTOOD = {
    x509.oid.ExtensionOID.ISSUING_DISTRIBUTION_POINT,
    x509.oid.ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    x509.oid.ExtensionOID.CRL_NUMBER,
}


TROUBLES: dict[str, str] = {
    "away": N_("nobody answers there, or there is no such file"),
    "barred": N_("an address of a private network, which is not called"),
    "timeout": N_("no answer in time"),
    "too large": N_("too large"),
    "form": N_("no list of revoked certificates"),
    "signature": N_("not signed by the authority"),
    "not understood": N_("of a kind that is not read"),
    "only a part": N_("about some certificates only"),
    "no end": N_("it does not say when the next one comes"),
    "not yet": N_("from the future"),
    "older": N_("older than the one that is kept"),
    "no answer": N_("no answer about a certificate"),
    "another": N_("about another certificate"),
    "unknown": N_("it does not know this certificate"),
    "responder": N_("not from one whom the authority lets answer"),
    "nonce": N_("the answer to another question"),
    "expired": N_("no longer of now"),
}
"""Why a list was not taken; what is not here is told as it is, such as HTTP 404."""


class NotBelieved(Invalid):
    code = "exchange.list-not-believed"
    message = N_("This is no list of revoked certificates to be believed ({why}).")


class RevokedThere(Invalid):
    code = "exchange.revoked-there"
    message = N_("Its authority revoked this certificate on {day}. Have a new key certified.")


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list whose signature holds; it is to be replaced by ``until``."""

    raw: bytes
    since: datetime
    until: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Revocation:
    """Since when a certificate holds no more, and why: one of ``REASONS``."""

    at: datetime
    reason: str


def places_in(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the web addresses where a certificate says that its authority's list is."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    whole = [each for each in points if each.crl_issuer is None and each.reasons is None]
    return web_places(name for point in whole for name in point.full_name or ())[:MOST_PLACES]


def web_places(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    """Return those names that are addresses on the web, each once."""
    said = [str(each.value) for each in names if isinstance(each, x509.UniformResourceIdentifier)]
    web = [each for each in said if each.lower().startswith(("http://", "https://"))]
    return tuple(dict.fromkeys(each for each in web if len(each) <= 500))


def read_list(
    raw: bytes, issuer: x509.Certificate, *, place: str | None, at: datetime
) -> SignedList:
    """
    Read a list, DER or PEM, and check that an authority made it and it is about what we ask.

    :param place: the address that a certificate named, where it was found: a list that is about the
        certificates of some places must be about this one; nothing if the operator named the list
    :raises NotBelieved: if anything does not hold
    """
    found = _parsed(raw)
    if found.issuer != issuer.subject or not _is_signed(found, issuer):
        raise NotBelieved(why="signature")
    _check_whole(found, place)
    until, since = found.next_update_utc, found.last_update_utc
    if until is None or until <= since:
        raise NotBelieved(why="no end")
    if since > at + CLOCKS_DIFFER:
        raise NotBelieved(why="not yet")
    return SignedList(found.public_bytes(Encoding.DER), since, until, _number(found))


def follows(new: SignedList, *, number: int, since: datetime) -> bool:
    """Tell whether a list is no older than a kept one: old ones hide what was revoked later."""
    return new.since >= since and new.number >= number


def revocations_in(raw: bytes, serials: Iterable[str], *, at: datetime) -> dict[str, Revocation]:
    """Return how a kept list says that certificates were revoked, of those it says so."""
    known, found = _parsed(raw), dict[str, Revocation]()
    for serial in serials:
        entry = known.get_revoked_certificate_by_serial_number(int(serial, 16))
        if entry is not None:
            found[serial] = Revocation(min(entry.revocation_date_utc, at), _reason(entry))
    return found


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        told = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.name
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return "unspecified"
    return told if told in REASONS else "unspecified"


def _parsed(raw: bytes) -> x509.CertificateRevocationList:
    try:
        if raw.lstrip().startswith(b"-----BEGIN"):
            return x509.load_pem_x509_crl(raw)
        return x509.load_der_x509_crl(raw)
    except ValueError:
        raise NotBelieved(why="form") from None


def _is_signed(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        return usage.crl_sign and found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (
        x509.ExtensionNotFound,
        x509.DuplicateExtension,
        InvalidSignature,
        UnsupportedAlgorithm,
        TypeError,
        ValueError,
    ):
        return False


def _check_whole(found: x509.CertificateRevocationList, place: str | None) -> None:
    try:
        extensions = list(found.extensions)
    except (x509.DuplicateExtension, ValueError):
        raise NotBelieved(why="form") from None
    if any(each.critical and each.oid not in _UNDERSTOOD for each in extensions):
        raise NotBelieved(why="not understood")
    for each in extensions:
        if isinstance(each.value, x509.IssuingDistributionPoint):
            _check_about(each.value, place)


def _check_about(about: x509.IssuingDistributionPoint, place: str | None) -> None:
    partly = (
        about.indirect_crl
        or about.only_contains_ca_certs
        or about.only_contains_attribute_certs
        or about.only_some_reasons is not None
        or about.relative_name is not None
    )
    names = [str(name.value) for name in about.full_name or ()]
    if partly or (names and place is not None and place not in names):
        raise NotBelieved(why="only a part")


def _number(found: x509.CertificateRevocationList) -> int:
    try:
        return found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        return 0
