"""What an outside authority has revoked is refused here; what cannot be known is told in time."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.exchange.adapters.keyfiles import folder, keep_private, member_key
from motcua.exchange.jobs import watch_revocations
from motcua.exchange.models import Certificate, RevocationList
from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.operations.keys import import_certificate
from motcua.exchange.operations.revocations import apply_lists, forget_lists, read_revocations
from motcua.exchange.queries.keys import check_believed, forget_keys, key_known
from motcua.exchange.queries.revocations import (
    authorities_without_list,
    lists_known,
    lists_wanted,
)
from motcua.exchange.rules.certificates import fingerprint, kid_of
from motcua.exchange.rules.keys import RevocationsUnknown, RevokedKey, SigningKey
from motcua.exchange.rules.revocations import RevokedThere
from motcua.exchange.tests.conftest import PORTAL, refused
from motcua.exchange.tests.outside import Outside, serving
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now

DAY = timedelta(days=1)


@pytest.fixture
def outside(settings, tmp_path):
    """An authority that is believed here and serves its list, with nothing on it."""
    made = Outside()
    made.body = made.signed()
    place = tmp_path / "outside.pem"
    place.write_bytes(made.certificate.public_bytes(Encoding.PEM))
    settings.EXCHANGE_ANCHORS, settings.EXCHANGE_PRIVATE_ADDRESSES = str(place), True
    server = serving(made)
    made.place = f"http://127.0.0.1:{server.server_port}/ca.crl"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def held(wire, outside):
    """Return Hà Nội's certificate that the authority made, with which it signs."""
    agreement()
    return brought(outside, lists=[outside.place])


def brought(authority, *, lists=()):
    private = Ed25519PrivateKey.generate()
    made = authority.certify(HANOI, private.public_key(), lists=lists)
    keep_private(folder(HANOI) / f"{kid_of(private.public_key())}.key", private)
    import_certificate(HANOI, pem(made), by=PORTAL, at=now())
    return made


def pem(certificate):
    return certificate.public_bytes(Encoding.PEM).decode()


def read(at=None):
    """Read every list that is wanted; return whether all were taken."""
    at = at or now()
    done = [read_revocations(w.issuer, w.place, by=PORTAL, at=at) for w in lists_wanted()]
    return all(done)


def known(certificate, at=None):
    forget_keys()
    return key_known(kid_of(certificate.public_key()), at=at or now())


def trouble():
    return RevocationList.objects.get().trouble


def asked():
    return call(POLICE, ECHO, body=b"1", purpose="settle-dossier", at=now())


def test_a_key_on_the_authority_s_list_is_refused_at_the_gateway(held, outside, monkeypatch):
    assert read()
    assert asked().status == 200
    key = known(held)
    outside.body = outside.signed(held.serial_number)
    assert read()
    row = Certificate.objects.get(kid=key.kid)
    assert (row.revoked_reason, row.revoked_note) == ("key_compromise", outside.place)
    with refused(RevokedKey):
        check_believed(known(held), at=now())
    private = member_key(HANOI, key.kid)
    thief = SigningKey(key.kid, HANOI, private)
    monkeypatch.setattr("motcua.exchange.operations.calling.signing_key", lambda *_, **__: thief)
    with pytest.raises(CallRefused) as refusal:
        asked()
    assert refusal.value.problem["code"] == "exchange.revoked-key"


def test_the_job_reads_what_keys_and_the_operator_name(held, outside, settings, monkeypatch):
    settings.EXCHANGE_REVOCATIONS = ("/khong/co.crl",)
    deferred = []
    monkeypatch.setattr(
        "motcua.exchange.jobs.read_revocations_at.defer", lambda **each: deferred.append(each)
    )
    watch_revocations(0)
    issuer = fingerprint(outside.certificate)
    assert deferred == [
        {"issuer": "", "place": "/khong/co.crl"},
        {"issuer": issuer, "place": outside.place},
    ]


def test_a_forged_list_is_ignored_and_told(held, outside):
    thief = Outside("Issuing CA")
    for body in (
        outside.signed(held.serial_number, key=ec.generate_private_key(ec.SECP256R1())),
        thief.signed(held.serial_number),
    ):
        outside.body = body
        assert not read()
        assert trouble() == "signature"
        assert not Certificate.objects.filter(revoked_at__isnull=False).exists()
    assert asked().status == 200


def test_an_old_list_sent_again_does_not_hide_what_was_revoked_after_it(held, outside):
    before = outside.body
    outside.body = outside.signed(held.serial_number)
    assert read()
    outside.body = before
    assert not read()
    assert trouble() == "older"
    Certificate.objects.update(revoked_at=None)
    assert apply_lists(by=PORTAL, at=now()) == 1


ABOUT_AUTHORITIES = x509.IssuingDistributionPoint(None, None, False, True, None, False, False)
OF_CHANGES = x509.DeltaCRLIndicator(1)
ELSEWHERE = x509.IssuingDistributionPoint(
    [x509.UniformResourceIdentifier("http://ca.vn/2.crl")], None, True, False, None, False, False
)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"more": [ABOUT_AUTHORITIES]}, "only a part"),
        ({"more": [ELSEWHERE]}, "only a part"),
        ({"more": [OF_CHANGES]}, "not understood"),
        ({"at": now() + DAY}, "not yet"),
    ],
)
def test_a_list_that_is_not_about_all_of_it_or_of_now_is_not_taken(held, outside, facts, why):
    outside.body = outside.signed(**facts)
    assert not read()
    assert trouble() == why
    assert RevocationList.objects.get().until is None


@pytest.mark.parametrize(
    ("status", "body", "why"), [(404, b"", "HTTP 404"), (302, b"", "HTTP 302"), (200, b"x", "form")]
)
def test_what_is_no_list_is_told_and_calls_go_on(held, outside, status, body, why):
    outside.status, outside.body = status, body
    assert not read()
    assert trouble() == why
    assert asked().status == 200


def test_an_authority_that_is_away_is_told_of_and_its_keys_are_refused_after_a_week(
    held, outside, settings
):
    assert read()
    (good,) = lists_known(by=PORTAL)
    outside.status = 503
    later = now() + 3 * DAY
    assert not read(later)
    (one,) = lists_known(by=PORTAL)
    assert [one.standing(at) for at in (now(), later, later + 6 * DAY)] == [
        "good",
        "old",
        "too-old",
    ]
    assert (one.until, one.trouble) == (good.until, "HTTP 503")
    check_believed(known(held), at=later)
    with refused(RevocationsUnknown):
        check_believed(known(held), at=one.believed_until)
    settings.EXCHANGE_REVOCATIONS_DAYS = 0
    with refused(RevocationsUnknown):
        check_believed(known(held), at=later)


def test_a_list_never_read_lets_a_new_key_be_believed_for_a_week(held, outside):
    check_believed(known(held), at=now() + 6 * DAY)
    with refused(RevocationsUnknown):
        check_believed(known(held), at=now() + 8 * DAY)


def test_a_private_address_in_a_certificate_is_not_called_unless_chosen(held, outside, settings):
    settings.EXCHANGE_PRIVATE_ADDRESSES = False
    assert not read()
    assert trouble() == "barred"


@pytest.mark.parametrize("form", [Encoding.DER, Encoding.PEM])
def test_the_operator_names_a_list_in_a_file(wire, outside, settings, tmp_path, form):
    made, place = brought(outside), tmp_path / "ca.crl"
    assert known(made).sure_until is None
    assert authorities_without_list(by=PORTAL) == ("CN=Issuing CA",)
    settings.EXCHANGE_REVOCATIONS = (str(place),)
    assert not read()
    assert trouble() == "away"
    raw = outside.signed(made.serial_number, more=[ELSEWHERE])
    place.write_bytes(x509.load_der_x509_crl(raw).public_bytes(form))
    assert read()
    assert RevocationList.objects.get().issuer == fingerprint(outside.certificate)
    assert Certificate.objects.get(kid=known(made).kid).revoked_at is not None
    assert authorities_without_list(by=PORTAL) == ()
    settings.EXCHANGE_REVOCATIONS = ()
    assert forget_lists() == 1


def test_a_certificate_revoked_before_it_came_is_not_taken_in(held, outside):
    private = Ed25519PrivateKey.generate()
    late = outside.certify(HANOI, private.public_key(), lists=[outside.place])
    outside.body = outside.signed(late.serial_number)
    assert read()
    with refused(RevokedThere):
        import_certificate(HANOI, pem(late), by=PORTAL, at=now())


def test_keys_of_our_own_authority_need_no_list(wire, outside):
    kid = Certificate.objects.get(member=HANOI).kid
    forget_keys()
    assert key_known(kid, at=now()).sure_until is None


def test_officials_see_which_lists_were_read_and_what_hinders(held, outside, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    client.cookies["who"] = "admin"
    page = "/quan-tri/trao-doi/thanh-vien/"
    assert "Chưa có danh sách" in client.get(page).content.decode()
    assert read()
    seen = client.get(page).content.decode()
    assert outside.place in seen
    assert "Chưa có danh sách" not in seen
    outside.status = 404
    assert not read()
    assert "HTTP 404" in client.get(page).content.decode()
