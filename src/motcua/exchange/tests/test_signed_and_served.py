"""What was signed is what is served: values, paths, times and digests that could be read twice."""

import hashlib
import json

import pytest

from motcua.exchange.models import LogEntry
from motcua.exchange.operations.serving import Reply
from motcua.exchange.rules.digests import content_digest
from motcua.exchange.rules.fields import written
from motcua.exchange.rules.paths import TwistedPath
from motcua.exchange.rules.signatures import Times
from motcua.exchange.tests import test_strangers
from motcua.exchange.tests.places import POLICE
from motcua.exchange.tests.test_strangers import PLACE, delivered, signed
from motcua.exchange.tests.test_systems import entrance, programs
from motcua.exchange.tests.wire import BODY, ECHO, agreement, ask, offered

__all__ = ["programs"]


@pytest.mark.parametrize("sign", ["\xa0", "\x85", "\x1c", "\x0b", "\x0c"])
@pytest.mark.parametrize("where", ["{}daily", "daily{}"])
def test_a_blank_that_is_no_space_of_http_is_part_of_a_value(wire, done, sign, where):
    """Else whoever carries a message could add one, and its rows came into another stream."""
    request = signed(stream="daily", stream_offset="0")
    assert delivered(request, HTTP_STREAM=where.format(sign)) != "done"
    assert not done


def test_what_stands_before_and_after_a_value_is_neither_signed_nor_served(wire, done):
    seen = []
    offered(lambda call: seen.append(call.headers["stream"]) or Reply(body=b"{}"))
    assert delivered(signed(stream="daily"), HTTP_STREAM=" daily\t") == "done"
    assert seen == ["daily"]


@pytest.mark.parametrize("path", ["..;/admin", "x/..;a=b/y", "..%3B/x", "x/.;/y", "x/..;"])
def test_two_dots_before_a_semicolon_are_two_dots(wire, done, path):
    """Servers behind us may drop what follows it, and then climb."""
    assert delivered(signed(f"{PLACE}{path}")) == "exchange.twisted-path"
    with pytest.raises(TwistedPath):
        ask(path=path)
    assert not done


@pytest.mark.parametrize("path", ["x;a=1/y", "a..;b/c", "..a/x;", "%252e%252e/x"])
def test_a_semicolon_elsewhere_and_a_percent_sign_stay_as_they_are(wire, done, path):
    assert delivered(signed(f"{PLACE}{path}")) == "done"
    assert f'"@path": {PLACE}{path}\n' in LogEntry.objects.get(side="provider").asked


@pytest.mark.parametrize(
    ("created", "expires", "code"),
    [
        (-1, 119, "expired"),
        (-(10**14), 120 - 10**14, "expired"),
        (0, 10**14, "lifetime"),
        (10**14, 10**14 + 120, "clock"),
        (999_999_999_999_999, 999_999_999_999_999, "lifetime"),
        (120, 0, "lifetime"),
        (10**14, -(10**14), "lifetime"),
    ],
)
def test_times_that_no_clock_shows_are_refused_in_words(
    wire, done, monkeypatch, created, expires, code
):
    odd = Times(created, expires, "n")
    monkeypatch.setattr(test_strangers, "Times", lambda *_: odd)
    assert delivered(signed()) == f"exchange.{code}"
    assert not done


def test_of_two_digests_the_known_one_counts_wherever_it_stands(wire, done):
    other = f"sha-512={written(hashlib.sha512(BODY).digest())}"
    right, wrong = content_digest(BODY), content_digest(b"other")
    for number, said in enumerate([f"{other}, {right}", f"{right}, {other}"]):
        assert delivered(signed(content_digest=said, nonce=f"{number}")) == "done"
    for said in (other, f"{other}, {wrong}", f"{wrong}, {right}", f"{right}, {wrong}", "sha-256"):
        assert delivered(signed(content_digest=said, nonce="odd")) == "exchange.altered"
    assert done == [BODY, BODY]


@pytest.mark.parametrize("service", ["heads.v1", "directory.v1", "certificates.v1"])
@pytest.mark.parametrize("purpose", ["x" * 41, "other", "' OR 1=1", "Witness"])
def test_what_every_member_may_call_is_for_known_purposes_too(wire, service, purpose):
    """The log has room for those."""
    agreement()
    place = f"/trao-doi/{POLICE}/{service}/"
    request = signed(place, motcua_agreement="none", motcua_purpose=purpose)
    assert delivered(request) == "exchange.purpose-not-served"
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Motcua-Purpose", "x" * 60, "exchange.purpose-not-served"),
        ("Motcua-Purpose", "", "exchange.purpose-not-served"),
        ("Motcua-Purpose", "settle-dossiér", "exchange.purpose-not-served"),
        ("Stream", "hồ sơ", "exchange.not-signable"),
        ("Content-Encoding", "gzíp", "exchange.not-signable"),
    ],
)
def test_what_a_program_writes_into_headers_is_refused_before_it_is_sent(
    client, done, programs, wire, name, value, code
):
    answer = entrance(client, "admin", **{name: value})
    assert (answer.status_code, answer.json()["code"]) == (answer.json()["status"], code)
    assert answer.status_code < 500
    assert not wire.requests
    assert not LogEntry.objects.exists()


def test_the_path_that_a_program_asks_for_is_the_one_that_is_called(client, wire, programs):
    """A question mark or a percent sign that is encoded begins no query and encodes nothing."""
    seen = []
    agreement()
    offered(lambda call: seen.append((call.path, call.query)) or Reply(body=b"{}"))
    for place in ("a%3Fb", "100%2525", "x%253Fy?z=1"):
        answer = client.post(
            f"/trao-doi/goi/{POLICE}/{ECHO}/{place}",
            b"{}",
            content_type="application/json",
            headers={"Motcua-Purpose": "settle-dossier", "Authorization": "Bearer admin"},
        )
        assert answer.status_code == 200, json.loads(answer.content)
    assert seen == [("a?b", ""), ("100%25", ""), ("x%3Fy", "z=1")]
