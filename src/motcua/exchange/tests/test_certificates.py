"""Which certificates are believed: attacks on the trust registry, one by one."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.rules.authority import (
    Authority,
    NotARequest,
    RequestOfAnother,
    RequestOfWrongKind,
    Revoked,
    certify,
    key_in,
    new_root,
    request_for,
    revocation_list,
)
from motcua.exchange.rules.certificates import (
    CertificateOfAnother,
    NotACertificate,
    OutOfTime,
    SelfSigned,
    UntrustedIssuer,
    WrongKind,
    check_in_time,
    kid_of,
    trusted,
)
from motcua.exchange.tests.conftest import AT, HANOI, HUE

ROOT = new_root(HANOI, at=AT)


def issued(authority=ROOT, member=HUE, private=None, **more):
    private = private or Ed25519PrivateKey.generate()
    return certify(authority, member, private.public_key(), organization="Huế", at=AT, **more)


def read(pem, member=HUE, anchors=(ROOT.certificate,), at=AT):
    return trusted(pem, member, anchors=anchors, at=at)


def by_hand(private, issuer, signer, *extensions, names=(HUE,)):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names])
    public = private.public_key()
    builder = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
    builder = builder.not_valid_before(AT).not_valid_after(AT + timedelta(days=9))
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    kind = hashes.SHA256() if isinstance(signer, ec.EllipticCurvePrivateKey) else None
    return builder.sign(signer, kind).public_bytes(Encoding.PEM).decode()


def by_root(*extensions, private=None, names=(HUE,)):
    private = private or Ed25519PrivateKey.generate()
    subject = ROOT.certificate.subject
    return by_hand(private, subject, ROOT.private, *extensions, names=names)


def test_a_certificate_of_a_trusted_authority_is_believed():
    private = Ed25519PrivateKey.generate()
    found = read(issued(private=private))
    assert (found.member, found.kid) == (HUE, kid_of(private.public_key()))
    assert found.valid_from < AT < found.valid_until == AT + timedelta(days=365)


def test_an_outside_authority_with_another_kind_of_key_is_believed_as_anchor():
    signer = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ban Cơ yếu")])
    usage = ROOT.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    authority = (
        x509.CertificateBuilder(name, name, signer.public_key(), 7)
        .not_valid_before(AT)
        .not_valid_after(AT + timedelta(days=99))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(signer, hashes.SHA256())
    )
    pem = by_hand(Ed25519PrivateKey.generate(), name, signer)
    assert read(pem, anchors=[ROOT.certificate, authority]).member == HUE
    with pytest.raises(UntrustedIssuer):
        read(pem)


def test_a_self_signed_certificate_is_refused_and_told_why():
    private = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HUE)])
    with pytest.raises(SelfSigned):
        read(by_hand(private, name, private))


def test_an_anchor_itself_signs_no_messages():
    with pytest.raises(SelfSigned):
        read(ROOT.certificate.public_bytes(Encoding.PEM).decode())


def test_another_authority_of_the_same_name_is_no_anchor():
    with pytest.raises(UntrustedIssuer):
        read(issued(new_root(HANOI, at=AT)))


def test_a_member_cannot_issue_for_others():
    private = Ed25519PrivateKey.generate()
    middle = x509.load_pem_x509_certificate(issued(private=private).encode())
    forged = issued(Authority(middle, private))
    with pytest.raises(UntrustedIssuer):
        read(forged)
    with pytest.raises(UntrustedIssuer):
        read(forged, anchors=[ROOT.certificate, middle])


def test_an_anchor_that_has_ended_is_none():
    late = AT + timedelta(days=3660)
    with pytest.raises(UntrustedIssuer):
        read(issued(), at=late)


def test_the_certificate_of_one_member_is_not_taken_for_another():
    with pytest.raises(CertificateOfAnother):
        read(issued(), member=HANOI)


def test_a_certificate_with_two_names_is_nobodys():
    with pytest.raises(CertificateOfAnother):
        read(by_root(names=(HUE, HANOI)))
    with pytest.raises(CertificateOfAnother):
        read(by_root(names=(HANOI, HUE)))


@pytest.mark.parametrize(
    "text", ["", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "x"]
)
def test_what_is_no_certificate_is_told_so(text):
    with pytest.raises(NotACertificate):
        read(text)


def test_only_ed25519_keys_sign_messages():
    with pytest.raises(WrongKind):
        read(by_root(private=ec.generate_private_key(ec.SECP256R1())))


def test_certificates_for_other_uses_sign_no_messages():
    usage = ROOT.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    for extension in (
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (usage, True),
        (strange, True),
    ):
        with pytest.raises(WrongKind):
            read(by_root(extension))
    assert read(by_root((strange, False))).member == HUE


def test_a_certificate_holds_from_its_first_to_before_its_last_moment():
    found = read(issued(lasts=timedelta(days=30)))
    check_in_time(found, at=found.valid_from)
    check_in_time(found, at=found.valid_until - timedelta(seconds=1))
    for at in (found.valid_from - timedelta(seconds=1), found.valid_until):
        with pytest.raises(OutOfTime):
            check_in_time(found, at=at)


def test_no_certificate_outlives_its_authority():
    found = read(issued(lasts=timedelta(days=9999)))
    assert found.valid_until == ROOT.certificate.not_valid_after_utc


def test_a_request_with_anothers_name_is_refused():
    private = Ed25519PrivateKey.generate()
    assert key_in(request_for(HUE, private), HUE) == private.public_key()
    with pytest.raises(RequestOfAnother):
        key_in(request_for(HANOI, private), HUE)


def test_a_request_with_a_swapped_key_or_of_another_kind_is_refused():
    private = Ed25519PrivateKey.generate()
    der = x509.load_pem_x509_csr(request_for(HUE, private).encode()).public_bytes(Encoding.DER)
    raw = private.public_key().public_bytes_raw()
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    import base64

    swapped = base64.encodebytes(der.replace(raw, other)).decode()
    pem = f"-----BEGIN CERTIFICATE REQUEST-----\n{swapped}-----END CERTIFICATE REQUEST-----\n"
    with pytest.raises(NotARequest):
        key_in(pem, HUE)
    weak = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HUE)])
    request = x509.CertificateSigningRequestBuilder(name).sign(weak, hashes.SHA256())
    with pytest.raises(RequestOfWrongKind):
        key_in(request.public_bytes(Encoding.PEM).decode(), HUE)


@given(st.text(max_size=300))
def test_whatever_is_sent_as_a_request_or_certificate_is_answered(text):
    with pytest.raises(NotARequest):
        key_in(text, HUE)
    with pytest.raises(NotACertificate):
        read(text)


def test_the_list_of_the_revoked_is_signed_by_the_authority():
    found = read(issued())
    der = revocation_list(
        ROOT,
        [Revoked(found.serial, AT, "key_compromise"), Revoked("1f", AT, "unspecified")],
        at=AT,
    )
    crl = x509.load_der_x509_crl(der)
    assert crl.is_signature_valid(ROOT.private.public_key())
    assert not crl.is_signature_valid(Ed25519PrivateKey.generate().public_key())
    listed = crl.get_revoked_certificate_by_serial_number(int(found.serial, 16))
    assert listed is not None
    assert listed.extensions.get_extension_for_class(x509.CRLReason).value.reason == (
        x509.ReasonFlags.key_compromise
    )
