"""What the doctor says of lists of revoked keys."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.timezone import now

from motcua.config.doctor_revocations import revocations_read
from motcua.exchange.models import Certificate, KeyStatus, Member, RevocationList
from motcua.exchange.operations.revocations import read_revocations
from motcua.exchange.rules.certificates import fingerprint
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.outside import Outside

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def authority():
    return Outside()


@pytest.fixture
def place(settings, tmp_path, authority):
    made, place = authority, tmp_path / "ca.crl"
    (tmp_path / "ca.pem").write_bytes(made.certificate.public_bytes(Encoding.PEM))
    settings.EXCHANGE_ANCHORS = str(tmp_path / "ca.pem")
    settings.EXCHANGE_REVOCATIONS = (str(place),)
    place.write_bytes(made.signed())
    return place


def found():
    return [(each.well, each.seen) for each in revocations_read()]


def test_a_portal_that_believes_no_outside_authority_has_no_line():
    assert found() == []


def test_a_list_that_was_never_read_one_that_was_one_that_is_gone_and_one_too_old(place):
    ((well, seen),) = found()
    assert not well
    assert "CN=Issuing CA" in seen
    assert read_revocations("", str(place), by=PORTAL, at=now())
    ((well, seen),) = found()
    assert well
    place.unlink()
    assert not read_revocations("", str(place), by=PORTAL, at=now())
    (one,) = revocations_read()
    assert not one.well
    assert "không có tệp ấy" in one.seen or "no such file" in one.seen
    RevocationList.objects.update(until=now() - 8 * DAY)
    ((well, seen),) = found()
    assert not well
    assert "từ chối" in seen or "refused" in seen


def test_a_key_about_which_its_responder_says_nothing_is_named(place, authority):
    at, of = now(), {"id": "000.00.00.H26", "title": "Hà Nội", "agency": "000.00.00.H26"}
    member = Member.objects.create(**of, state="active", since=at, invited_at=at, invited_by="a")
    lasts = {"valid_from": at - DAY, "valid_until": at + DAY, "made_at": at}
    facts = {"issuer": fingerprint(authority.certificate), "pem": "", "serial": "1"}
    key = Certificate.objects.create(kid="k1", member=member, **facts, **lasts)
    row = KeyStatus.objects.create(certificate=key, place="http://ca.vn/ocsp", since=at)
    KeyStatus.objects.update(made_at=at, until=at + DAY, read_at=at)
    assert [well for well, seen in found() if row.place in seen] == [True]
    KeyStatus.objects.update(trouble="unknown")
    (seen,) = [seen for well, seen in found() if not well]
    assert "http://ca.vn/ocsp (000.00.00.H26 k1)" in seen
    KeyStatus.objects.update(until=at - 8 * DAY)
    (seen,) = [seen for well, seen in found() if not well]
    assert "từ chối" in seen or "refused" in seen
