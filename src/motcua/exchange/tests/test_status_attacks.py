"""What somebody else says in a responder's place, or said before, changes nothing."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA224, SHA256, SHA384
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from motcua.exchange.operations.revocations import read_revocations
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.places import HANOI
from motcua.exchange.tests.responding import (
    BY_NAME,
    DAY,
    GOOD,
    REVOKED,
    Responder,
    held,
    is_refused,
    outside,
    read,
    row,
)
from motcua.exchange.tests.wire import now

__all__ = ["held", "outside"]
MINUTE = timedelta(minutes=1)


def test_good_after_revoked_changes_nothing(held, outside):
    outside.facts = {"status": REVOKED}
    assert read(held)
    asked = len(outside.asked)
    outside.facts = {"status": GOOD, "at": now() + MINUTE}
    assert not read(held)
    assert is_refused(held)
    assert len(outside.asked) == asked


@pytest.mark.parametrize("status", [GOOD, REVOKED])
def test_what_a_stranger_signed_is_ignored(held, outside, status):
    stranger = Responder("Issuing CA")
    by = (stranger.certificate, stranger.key)
    outside.facts = {"status": status, "by": by}
    assert not read(held)
    assert row().trouble == "responder"
    outside.facts = {"status": status, "by": by, "named": BY_NAME}
    assert not read(held)
    assert row().trouble == "signature"
    assert row().until is None
    assert not is_refused(held)


@pytest.mark.parametrize(
    ("own", "way"),
    [
        (ec.generate_private_key(ec.SECP384R1()), SHA384()),
        (rsa.generate_private_key(65537, 2048), SHA256()),
        (Ed25519PrivateKey.generate(), None),
    ],
    ids=["ec", "rsa", "ed25519"],
)
def test_whom_the_authority_lets_answer_is_believed(held, outside, own, way):
    by = outside.delegate(own=own)
    outside.facts = {"status": REVOKED, "by": by, "named": BY_NAME, "way": way}
    assert read(held)
    assert is_refused(held)


def test_a_signature_over_a_short_digest_is_not_believed(held, outside):
    by = outside.delegate(own=rsa.generate_private_key(65537, 2048))
    outside.facts = {"status": REVOKED, "by": by, "way": SHA224()}
    assert not read(held)
    assert row().trouble == "signature"


def test_what_an_answer_must_have_understood_and_is_not_stops_it(held, outside, monkeypatch):
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    sign = ocsp.OCSPResponseBuilder.sign

    def with_it(builder, *given):
        return sign(builder.add_extension(strange, critical=True), *given)

    monkeypatch.setattr(ocsp.OCSPResponseBuilder, "sign", with_it)
    outside.facts = {"nonce": None}
    assert not read(held)
    assert row().trouble == "not understood"


@pytest.mark.parametrize(
    "facts",
    [
        {"usages": [ExtendedKeyUsageOID.CLIENT_AUTH]},
        {"until": -DAY},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
)
def test_who_was_let_do_something_else_or_no_more_or_by_another_is_not(held, outside, facts):
    """A member of the exchange itself has a certificate of the authority, too."""
    usages = facts.pop("usages", [])
    outside.facts = {"status": REVOKED, "by": outside.delegate(*usages, **facts)}
    assert not read(held)
    assert row().trouble == "responder"
    assert not is_refused(held)


def test_a_responder_that_the_authority_s_list_names_is_not_believed(
    held, outside, settings, tmp_path
):
    by, place = outside.delegate(checked=True), tmp_path / "ca.crl"
    outside.facts = {"by": by}
    assert read(held)
    settings.EXCHANGE_REVOCATIONS = (str(place),)
    place.write_bytes(outside.signed(by[0].serial_number))
    assert read_revocations("", str(place), by=PORTAL, at=now())
    assert not read(held)
    assert row().trouble == "responder"


def test_an_old_answer_sent_again_is_known_by_its_nonce(held, outside):
    outside.answer = outside.said(held, nonce=b"x" * 32)
    assert not read(held)
    assert row().trouble == "nonce"


def test_an_old_answer_without_a_nonce_does_not_come_after_a_newer_one(held, outside):
    """A responder that signs beforehand (RFC 5019) repeats no nonce."""
    outside.answer = outside.said(held, at=now() - 2 * MINUTE)
    assert read(held)
    outside.answer, old = outside.said(held, at=now() - MINUTE), outside.answer
    assert read(held)
    since = row().made_at
    outside.answer = old
    assert not read(held)
    assert (row().trouble, row().made_at) == ("older", since)


def test_an_answer_about_another_certificate_is_ignored(held, outside):
    other = outside.certify(HANOI, Ed25519PrivateKey.generate().public_key())
    outside.held = other
    for status in (GOOD, REVOKED):
        outside.facts = {"status": status}
        assert not read(held)
        assert row().trouble == "another"
    assert not is_refused(held)
    namesake = Responder("Issuing CA")
    mixed = namesake.said(held, by=(outside.certificate, outside.key))
    outside.answer = mixed
    assert not read(held)
    assert row().trouble == "another"


def test_a_cut_or_bent_answer_is_never_a_fault_of_ours(held, outside):
    whole = outside.said(held)
    for end in range(0, len(whole), 7):
        outside.answer = whole[:end] or b"\x30"
        assert not read(held)
        outside.answer = whole[:end] + bytes([whole[end] ^ 0x41]) + whole[end + 1 :]
        read(held)
    assert not is_refused(held)


def test_a_private_address_in_a_certificate_is_not_asked_unless_chosen(held, outside, settings):
    settings.EXCHANGE_PRIVATE_ADDRESSES = False
    assert not read(held)
    assert row().trouble == "barred"
    assert outside.asked == []
