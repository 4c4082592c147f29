"""Agencies' own systems, which know nothing of the exchange: they answer and they call."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from motcua.backbone.http import bearer
from motcua.exchange.adapters import sending
from motcua.exchange.operations.calling import CallRefused
from motcua.exchange.operations.upstreams import (
    NoUpstream,
    System,
    check_upstream,
    set_upstream,
)
from motcua.exchange.rules.access import NotYourService
from motcua.exchange.rules.states import NoSuchService
from motcua.exchange.tests.conftest import ADMIN, CLERK, LEADER, PORTAL, STRANGER, refused
from motcua.exchange.tests.places import POLICE, SOON
from motcua.exchange.tests.wire import ECHO, ask, now


class OldSystem(BaseHTTPRequestHandler):
    """An old system: it says what it was asked."""

    seen: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, dict(self.headers.items()), body))
        self.send_response(201)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", "4")
        self.send_header("Set-Cookie", "a=b")
        self.end_headers()
        self.wfile.write(b"<a/>")

    def log_message(self, *_):
        pass


@contextmanager
def old_system():
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSystem)
    OldSystem.seen = []
    worker = threading.Thread(target=server.serve_forever, args=(SOON,))
    worker.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        worker.join()
        server.server_close()


@pytest.fixture
def over_http(wire, monkeypatch):
    """Let what is for other ports go over real sockets."""
    import httpx

    real = httpx.HTTPTransport()
    inside = wire.handle_request

    def either(request):
        return inside(request) if request.url.port == 1 else real.handle_request(request)

    monkeypatch.setattr(wire, "handle_request", either)
    yield
    real.close()


def test_a_system_of_the_agency_answers_through_us(done, over_http):
    with old_system() as url:
        set_upstream(POLICE, ECHO, System(url, inside=True), by=LEADER, at=now())
        reply = ask(path="x/y?z=1")
    assert (reply.status, reply.body, reply.content_type) == (201, b"<a/>", "text/xml")
    assert "set-cookie" not in reply.headers
    path, headers, body = OldSystem.seen[0]
    assert (path, body) == ("/api/x/y?z=1", b'{"a": 1}')
    assert headers["motcua-consumer"] == "000.00.00.H26"
    assert headers["motcua-entry"] == reply.headers["motcua-entry"]
    assert not done


def test_a_system_that_is_gone_is_told_as_out_of_order(done, over_http):
    set_upstream(POLICE, ECHO, System("http://127.0.0.1:9/x", inside=True), by=PORTAL, at=now())
    with pytest.raises(CallRefused) as told:
        ask()
    assert told.value.problem["code"] == "exchange.member-down"
    assert told.value.again_later
    set_upstream(POLICE, ECHO, None, by=PORTAL, at=now())
    sending._breakers.clear()
    ask()
    assert done


def test_only_the_data_s_owner_says_where_a_service_is_answered(done):
    system = System("http://x.example")
    with refused(NotYourService):
        set_upstream(POLICE, ECHO, system, by=ADMIN, at=now())
    with refused(NotYourService):
        check_upstream(POLICE, ECHO, by=ADMIN)
    with refused(NoSuchService):
        set_upstream(POLICE, "other.v1", system, by=LEADER, at=now())
    with refused(NoUpstream):
        check_upstream(POLICE, ECHO, by=LEADER)


@pytest.fixture
def programs(monkeypatch):
    """Have tokens of four people."""
    known = {"admin": ADMIN, "clerk": CLERK, "stranger": STRANGER}
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: known.get(secret)])


def entrance(client, token, **headers):
    given = {"Motcua-Purpose": "settle-dossier", **headers}
    if token:
        given["Authorization"] = f"Bearer {token}"
    return client.post(
        f"/trao-doi/goi/{POLICE}/{ECHO}/x/y",
        b'{"b": 2}',
        content_type="application/json",
        headers=given,
    )


def test_a_system_of_ours_calls_others_by_its_token(client, done, programs):
    answer = entrance(client, "admin")
    assert (answer.status_code, answer.content) == (200, b"{}")
    assert answer["motcua-entry"]
    assert answer["motcua-own-entry"]
    assert done == [b'{"b": 2}']


@pytest.mark.parametrize(
    ("token", "status", "code"),
    [("", 401, "not-signed-in"), ("wrong", 401, "not-signed-in"), ("clerk", 403, "exchange")],
)
def test_nobody_else_calls_in_our_name(client, done, programs, token, status, code):
    answer = entrance(client, token)
    assert answer.status_code == status
    assert answer.json()["code"].startswith(code)
    assert not done


def test_a_refusal_of_the_other_side_is_handed_on_as_it_is(client, done, programs):
    answer = entrance(client, "admin", **{"Motcua-Purpose": "statistics"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "exchange.purpose-not-agreed"


def test_a_large_body_of_a_system_goes_through_the_disk(client, done, programs):
    answer = client.post(
        f"/trao-doi/goi/{POLICE}/{ECHO}/x",
        bytes(2**21),
        content_type="application/x-ndjson",
        headers={"Motcua-Purpose": "settle-dossier", "Authorization": "Bearer admin"},
    )
    assert answer.status_code == 200
    assert done == [bytes(2**21)]


def test_too_large_a_body_of_a_system_is_refused(client, done, programs, settings):
    settings.EXCHANGE_MOST_BYTES = 3
    assert entrance(client, "admin").status_code == 413


@pytest.mark.parametrize("service", ["directory.v1", "heads.v1"])
def test_a_program_does_not_speak_as_the_portal_itself(client, done, programs, wire, service):
    """With it a ward's program could tell others of agreements that nobody has granted."""
    for token in ("admin", "stranger"):
        answer = client.post(
            f"/trao-doi/goi/{POLICE}/{service}/x",
            b"{}",
            content_type="application/json",
            headers={"Motcua-Purpose": "synchronise", "Authorization": f"Bearer {token}"},
        )
        assert answer.json()["code"] == "exchange.for-portals-only"
    assert not wire.requests


def test_a_body_of_unknown_length_is_refused_not_lost(client, done, programs):
    answer = entrance(client, "admin", **{"Transfer-Encoding": "chunked"})
    assert answer.json()["code"] == "exchange.length-needed"
    assert not done


@pytest.mark.parametrize(
    "place", [f"{POLICE}/{ECHO}/../../x", f"{POLICE}/{ECHO}/%2e%2e/x", f"{POLICE}/..%2f..%2fx/y"]
)
def test_a_program_reaches_nothing_but_the_service(client, done, programs, wire, place):
    headers = {"Motcua-Purpose": "settle-dossier", "Authorization": "Bearer admin"}
    there = f"/trao-doi/goi/{place}"
    answer = client.post(there, b"", content_type="application/json", headers=headers)
    assert answer.status_code in {400, 403, 404, 422}
    assert not wire.requests
    assert not done


def test_the_token_and_cookies_of_a_program_stay_here(client, done, programs, wire):
    client.cookies["sessionid"] = "secret-cookie"
    assert entrance(client, "admin", **{"X-Secret": "mine"}).status_code == 200
    sent = wire.requests[0].headers
    assert not {"authorization", "cookie", "x-secret", "motcua-subject"} & set(sent)
