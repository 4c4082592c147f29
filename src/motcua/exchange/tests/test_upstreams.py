"""A system of the agency's own behind a service: who may put it there, and what it cannot do."""

import time

import pytest
from django.core.management import CommandError, call_command

from motcua.exchange.adapters import sending
from motcua.exchange.models import LogEntry, Upstream
from motcua.exchange.operations.calling import CallRefused
from motcua.exchange.operations.upstreams import (
    NoUpstream,
    System,
    WrongSystem,
    check_upstream,
    set_upstream,
)
from motcua.exchange.tests.conftest import LEADER, PORTAL, refused
from motcua.exchange.tests.places import POLICE
from motcua.exchange.tests.test_pages import browser, since, words
from motcua.exchange.tests.test_strangers import delivered, signed
from motcua.exchange.tests.test_systems import OldSystem, old_system, over_http
from motcua.exchange.tests.wire import ECHO, ask, now

__all__ = ["browser", "over_http", "since"]

PAGE = f"/quan-tri/trao-doi/dich-vu/{POLICE}/population.v1/he-thong/"


def put(url, **more):
    set_upstream(POLICE, ECHO, System(url, **{"inside": True} | more), by=LEADER, at=now())


@pytest.mark.parametrize(
    ("facts", "at"),
    [
        *(
            ({"url": url}, "url")
            for url in ("", "ftp://x", "http://", "http://x?a=1", "http://x#a")
        ),
        *(({"url": url}, "url") for url in ("http://a:b@x", "//x", "http://x y", "http://[")),
        *(({"url": url}, "url") for url in ("http://169.254.169.254/latest", "http://0.0.0.0")),
        ({"url": f"http://x/{'a' * 300}"}, "url"),
        ({"url": "http://10.0.0.5/api", "inside": False}, "inside"),
        ({"url": "http://localhost:8000", "inside": False}, "inside"),
        ({"timeout": 0.5}, "timeout"),
        ({"timeout": 61}, "timeout"),
        ({"most": 0}, "most"),
        ({"most": 2**40}, "most"),
    ],
    ids=str,
)
def test_what_is_no_system_is_refused_and_says_where(done, facts, at):
    with refused(WrongSystem) as told:
        put(**{"url": "http://x.example"} | facts)
    assert [each["at"] for each in told.value.facts["problems"]] == [at]
    assert not Upstream.objects.exists()


def test_nobody_leaves_the_part_of_a_system_that_was_opened_for_them(done, over_http):
    """Neither with dots, however they are written, nor with a question mark in the path."""
    with old_system() as url:
        put(url)
        for path in ("../admin", "x/../../admin", "%2e%2e/admin", "%2e%2e%2fadmin"):
            there = f"/trao-doi/{POLICE}/{ECHO}/{path}"
            assert delivered(signed(there, nonce=path)) == "exchange.twisted-path"
        assert not OldSystem.seen
        ask(path="a%3Fadmin=1%23x/%252e%252e/y")
    ((path, _, _),) = OldSystem.seen
    assert path == "/api/a%3Fadmin%3D1%23x/%252e%252e/y".replace("%3D", "=")


def test_a_message_larger_than_the_system_takes_is_refused_at_the_door(done, over_http):
    with old_system() as url:
        put(url, most=1024)
        with pytest.raises(CallRefused) as told:
            ask(body=bytes(1025))
    assert told.value.problem["code"] == "exchange.too-large"
    assert not OldSystem.seen


@pytest.mark.parametrize("kind", ["text/plain; charset=\xe9", ""])
def test_an_answer_of_an_odd_type_is_signed_as_bytes(done, over_http, monkeypatch, kind):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", "0")
        self.end_headers()

    monkeypatch.setattr(OldSystem, "do_POST", do_POST)
    with old_system() as url:
        put(url)
        assert ask().content_type == "application/octet-stream"
    assert LogEntry.objects.get(side="provider").status == 200


def test_a_system_is_tried_before_anybody_calls_it(done, over_http, monkeypatch):
    def do_GET(self):
        self.send_error(405)

    monkeypatch.setattr(OldSystem, "do_GET", do_GET, raising=False)
    with old_system() as url:
        put(url)
        assert check_upstream(POLICE, ECHO, by=LEADER).status == 405
    assert check_upstream(POLICE, ECHO, by=PORTAL).trouble == "away"
    assert not LogEntry.objects.exists()


def test_a_system_whose_name_leads_inside_is_not_tried_unless_that_is_meant(done):
    sending._line.clear()
    with old_system() as url:
        put(url)
        Upstream.objects.update(inside=False)
        assert check_upstream(POLICE, ECHO, by=LEADER).trouble == "barred"
    assert not OldSystem.seen


def test_a_system_that_takes_too_long_is_said_to(done, monkeypatch):
    sending._line.clear()
    monkeypatch.setattr(OldSystem, "do_GET", lambda _: time.sleep(0.5), raising=False)
    with old_system() as url:
        put(url)
        Upstream.objects.update(timeout=0.1)
        assert check_upstream(POLICE, ECHO, by=LEADER).trouble == "slow"


def test_the_command_sets_tries_and_removes_it(done, capsys, over_http, monkeypatch):
    monkeypatch.setattr(OldSystem, "do_GET", lambda self: self.send_error(404), raising=False)
    place = ("exchange", "service", "upstream", ECHO)
    with old_system() as url:
        call_command(*place, url, "--provider", POLICE, "--inside", "--timeout", "5")
        assert "HTTP 404" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command(*place, "--provider", POLICE, "--check")
    assert "away" in capsys.readouterr().out
    call_command(*place, "--provider", POLICE, "--none")
    assert not Upstream.objects.exists()
    with pytest.raises(NoUpstream):
        call_command(*place, "--provider", POLICE, "--check")


@pytest.mark.django_db(transaction=True)
class TestThePage:
    def test_the_owner_sets_tries_and_removes_a_system(self, browser, settings):
        client = browser("leader")
        assert "he-thong/" in words(client.get(PAGE.removesuffix("he-thong/")))
        words(client.get(PAGE))
        typed = {"url": "http://127.0.0.1:9/x", "timeout": "2,5", "most": "1,5"}
        words(client.post(PAGE, typed), 422)
        assert not Upstream.objects.exists()
        assert client.post(PAGE, {**typed, "inside": "1"}).status_code == 302
        kept = Upstream.objects.get()
        assert (kept.timeout, kept.most, kept.inside) == (2.5, 1572864, True)
        assert client.post(PAGE, {"viec": "thu"}).status_code == 302
        assert "127.0.0.1:9/x" in words(client.get(PAGE))
        assert client.post(PAGE, {"viec": "bo"}).status_code == 302
        assert not Upstream.objects.exists()

        told = {"url": "https://x.example", "most": "16"}
        for odd in ("", "x", "1e3", "-1", "\u0661", "9" * 20, "1.2.3"):
            assert words(client.post(PAGE, {**told, "timeout": odd}), 422)

    def test_nobody_else_sees_or_moves_it(self, browser):
        typed = {"url": "https://x.example", "timeout": "2", "most": "1"}
        for who in ("admin", "auditor", "clerk", "hue", "stranger", "citizen"):
            assert browser(who).get(PAGE).status_code == 403
            assert browser(who).post(PAGE, typed).status_code == 403
            assert browser(who).post(PAGE, {"viec": "bo"}).status_code == 403
        assert not Upstream.objects.exists()
