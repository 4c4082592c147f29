"""What a responder says of a key counts as what a list says, for as long."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from motcua.exchange.adapters.lists import asked
from motcua.exchange.jobs import read_status_of, watch_revocations
from motcua.exchange.models import Certificate, KeyStatus, RevocationList
from motcua.exchange.operations.revocations import read_revocations
from motcua.exchange.operations.statuses import forget_statuses, read_status
from motcua.exchange.queries.keys import check_believed
from motcua.exchange.queries.revocations import authorities_without_list
from motcua.exchange.queries.statuses import statuses_known, statuses_wanted
from motcua.exchange.rules.keys import RevocationsUnknown, RevokedKey
from motcua.exchange.tests.conftest import PORTAL, refused
from motcua.exchange.tests.places import HANOI
from motcua.exchange.tests.responding import (
    DAY,
    REVOKED,
    UNKNOWN,
    brought,
    held,
    is_refused,
    kid,
    known,
    outside,
    read,
    row,
)
from motcua.exchange.tests.wire import now

__all__ = ["held", "outside"]
MINUTE = timedelta(minutes=1)


def test_a_key_that_the_responder_calls_revoked_is_refused_from_then_on(held, outside):
    assert read(held)
    assert not is_refused(held)
    check_believed(known(held), at=now() + 7 * DAY)
    outside.facts = {"status": REVOKED}
    assert read(held)
    found = Certificate.objects.get(pk=kid(held))
    assert (found.revoked_reason, found.revoked_note) == ("key_compromise", outside.places[0])
    with refused(RevokedKey):
        check_believed(known(held), at=now())


def test_each_question_is_new_and_about_the_one_certificate(held, outside):
    assert read(held)
    assert read(held)
    nonces = {each.extensions[0].value.nonce for each in outside.asked}
    assert len(nonces) == 2
    assert {len(each) for each in nonces} == {32}
    assert {each.serial_number for each in outside.asked} == {held.serial_number}


def test_the_job_that_reads_lists_asks_about_each_key(held, outside, monkeypatch):
    deferred = []
    monkeypatch.setattr(
        "motcua.exchange.jobs.read_status_of.defer", lambda **each: deferred.append(each)
    )
    watch_revocations(0)
    assert deferred == [{"kid": kid(held)}]
    outside.facts = {"status": REVOKED}
    read_status_of(kid(held))
    assert is_refused(held)
    assert statuses_wanted(at=now()) == ()
    assert forget_statuses(at=now()) == 1


def test_a_key_that_comes_in_is_asked_about_at_once(work, held, outside):
    outside.facts = {"status": REVOKED}
    work()
    assert is_refused(held)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"at": now() - 2 * DAY}, "expired"),
        ({"at": now() + DAY}, "not yet"),
        ({"lasts": None, "nonce": None}, "no end"),
        ({"status": UNKNOWN}, "unknown"),
    ],
)
def test_what_is_not_of_now_or_says_nothing_is_not_taken(held, outside, facts, why):
    outside.facts = facts
    assert not read(held)
    assert (row().trouble, row().until) == (why, None)
    check_believed(known(held), at=now() + 6 * DAY)
    with refused(RevocationsUnknown):
        check_believed(known(held), at=now() + 8 * DAY)


def test_an_answer_to_our_question_without_an_end_is_good_for_some_hours(held, outside):
    outside.facts = {"lasts": None}
    assert read(held)
    assert timedelta() < row().until - now() <= timedelta(hours=2)


LATER = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(
    Encoding.DER
)


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (503, b"", "HTTP 503"),
        (302, b"", "HTTP 302"),
        (200, b"x", "no answer"),
        (200, b"\0" * (64 * 2**10 + 1), "too large"),
        (200, LATER, "OCSP try_later"),
    ],
    ids=["down", "elsewhere", "rubbish", "huge", "later"],
)
def test_what_is_no_answer_is_told_and_what_was_known_still_counts(
    held, outside, status, body, why
):
    assert read(held)
    before = row().until
    outside.status, outside.answer = status, body
    assert not read(held)
    assert (row().trouble, row().until) == (why, before)
    check_believed(known(held), at=before + 6 * DAY)
    with refused(RevocationsUnknown):
        check_believed(known(held), at=before + 7 * DAY)


def test_the_second_responder_is_asked_where_the_first_is_away(wire, outside):
    outside.places = ["http://127.0.0.1:9/", *outside.places]
    outside.held = brought(outside)
    assert read(outside.held)
    assert row().place == outside.places[1]


def test_a_list_of_now_counts_where_the_responder_is_away(wire, outside, settings, tmp_path):
    place = tmp_path / "ca.crl"
    settings.EXCHANGE_REVOCATIONS = (str(place),)
    made, outside.status, outside.answer = brought(outside), 503, b""
    place.write_bytes(outside.signed(lasts=30 * DAY))
    assert read_revocations("", str(place), by=PORTAL, at=now())
    assert not read(made)
    check_believed(known(made), at=now() + 20 * DAY)
    RevocationList.objects.update(until=now() - 8 * DAY)
    KeyStatus.objects.update(since=now() - 8 * DAY)
    with refused(RevocationsUnknown):
        check_believed(known(made), at=now())


def test_a_key_of_our_own_authority_is_never_asked_about(wire, outside):
    own = Certificate.objects.get(member=HANOI).kid
    assert statuses_wanted(at=now()) == ()
    assert not read_status(own, by=PORTAL, at=now())
    assert outside.asked == []


def test_officials_see_who_answered_and_about_whom_nobody_does(held, outside, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    client.cookies["who"] = "admin"
    page = "/quan-tri/trao-doi/thanh-vien/"
    assert authorities_without_list(by=PORTAL) == ("CN=Issuing CA",)
    assert read(held)
    assert authorities_without_list(by=PORTAL) == ()
    (one,) = statuses_known(by=PORTAL)
    assert (one.where, one.standing(now())) == (outside.places[0], "good")
    assert outside.places[0] in client.get(page).content.decode()
    outside.facts = {"status": UNKNOWN}
    assert not read(held)
    (one,) = statuses_known(by=PORTAL)
    assert one.of == f"{HANOI} {kid(held)}"
    assert one.standing(one.until) == "old"
    assert one.standing(one.believed_until) == "too-old"
    seen = client.get(page).content.decode()
    assert one.where in seen
    assert "không biết chứng thư này" in seen


def test_a_key_whose_certificate_names_no_responder_is_not_asked_about(wire, outside):
    outside.places = []
    made = brought(outside)
    assert not read(made)
    assert not KeyStatus.objects.exists()


def test_a_key_revoked_while_its_responder_is_asked_stays_as_it_was_revoked(
    held, outside, monkeypatch
):
    def meanwhile(*given, **how):
        Certificate.objects.update(revoked_at=now(), revoked_reason="superseded")
        return asked(*given, **how)

    monkeypatch.setattr("motcua.exchange.operations.statuses.asked", meanwhile)
    outside.facts = {"status": REVOKED}
    assert read(held)
    assert set(Certificate.objects.values_list("revoked_reason", flat=True)) == {"superseded"}
    assert not KeyStatus.objects.exists()
