"""What becomes of a kept password, and of a name that means another machine a moment later."""

import gzip
import json
import socket
import threading
import time
import tracemalloc
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from motcua.exchange.adapters import lines
from motcua.exchange.tests.conftest import PORTAL, _own_files, refused
from motcua.exchange.tests.places import HANOI, SOON
from motcua.exchange.tests.wire import now
from motcua.kernel.actors import Actor, Role
from motcua.sync.adapters.legacy import (
    LegacyRefused,
    LegacySystem,
    NotTheInterface,
    NotToBeCalled,
    SystemAway,
)
from motcua.sync.adapters.passwords import password_of
from motcua.sync.models import Parent
from motcua.sync.operations.parents import (
    LegacyAccount,
    PasswordAgain,
    add_legacy_parent,
    change_account,
)
from motcua.sync.rules.access import NotYourParents

__all__ = ["_own_files"]
SECRET = "rat-bi-mat"
ADMIN = Actor("admin", "Quản trị", HANOI, frozenset({Role.ADMINISTRATOR}))


def account(address="https://cong.example/x", password=SECRET):
    return LegacyAccount(address, "ha-noi", password, "VN:GOV:000.00.00.G22:dvc")


@pytest.fixture
def above(db):
    return add_legacy_parent(HANOI, "dvcqg", account(), by=PORTAL, at=now())


def test_a_kept_password_is_not_sent_to_another_address(above):
    elsewhere = account("https://cua-toi.example/x", "")
    with refused(PasswordAgain):
        change_account(above, elsewhere, by=ADMIN, at=now())
    assert Parent.objects.get().address == "https://cong.example/x"
    change_account(above, account("https://cua-toi.example/x", "moi"), by=ADMIN, at=now())
    assert password_of(above) == "moi"


def test_only_the_portal_says_where_another_member_s_statuses_go(db):
    below = add_legacy_parent(HANOI, "hue", account(), below="H57", by=PORTAL, at=now())
    with refused(NotYourParents):
        change_account(below, account("https://cua-toi.example/x"), by=ADMIN, at=now())
    change_account(below, account("https://hue.example/x"), by=PORTAL, at=now())
    assert Parent.objects.get().address == "https://hue.example/x"


def test_a_password_is_in_no_text_of_an_account():
    assert SECRET not in repr(account())


ZEROS = gzip.compress(bytes(32 << 20))
BOMBS = {"gzip": ZEROS, "gzip, gzip": gzip.compress(ZEROS)}


class Heard(list):
    """The hosts that a portal was called by; ``answers`` are headers and a body instead."""

    drops = 0
    answers = {}, json.dumps({"error_code": 0, "session": "s", "result": []}).encode()


@pytest.fixture
def parent_portal():
    hosts = Heard()

    class Portal(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            hosts.append(self.headers["Host"])
            if hosts.drops:
                self.drip()
                return
            headers, said = hosts.answers
            self.send_response(302 if "Location" in headers else 200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def drip(self):
            self.close_connection = True
            with suppress(ConnectionError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for _ in range(hosts.drops):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
                hosts.append("all of it")

        def log_message(self, *_):
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    worker = threading.Thread(target=made.serve_forever, args=(SOON,))
    worker.start()
    yield made.server_port, hosts
    made.shutdown()
    worker.join()
    made.server_close()


def test_a_name_is_looked_up_once_and_keeps_its_meaning(parent_portal, monkeypatch):
    port, hosts = parent_portal
    asked, really = [], socket.getaddrinfo

    def found(host, *more, **rest):
        if host != "cong.example":
            return really(host, *more, **rest)
        asked.append(host)
        meant = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return really(meant, *more, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    facts = {"username": "x", "password": "y", "dstcode": "z", "unit": HANOI}
    with LegacySystem(f"http://cong.example:{port}/x", inside=True, **facts) as system:
        assert system.send("DongBoHoSoMC", []) == []
        assert system.send("DongBoHoSoMC", []) == []
    assert asked == ["cong.example"]
    assert set(hosts) == {f"cong.example:{port}"}
    with (
        LegacySystem(f"http://cong.example:{port}/x", inside=True, **facts) as system,
        pytest.raises(NotToBeCalled),
    ):
        system.send("DongBoHoSoMC", [])


@pytest.mark.parametrize("packed", BOMBS)
def test_an_answer_that_unpacks_to_far_more_is_not_unpacked(parent_portal, packed):
    """Nobody asked for one: what a thousandth of it holds would fill this process."""
    port, hosts = parent_portal
    hosts.answers = {"Content-Encoding": packed}, BOMBS[packed]
    facts = {"username": "x", "password": "bom", "dstcode": "z", "unit": HANOI}
    tracemalloc.start()
    try:
        with (
            LegacySystem(f"http://127.0.0.1:{port}/x", inside=True, **facts) as system,
            pytest.raises(NotTheInterface),
        ):
            system.send("DongBoHoSoMC", [])
        room = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert room < 4 << 20


def test_an_answer_in_drops_does_not_hold_who_tells(parent_portal, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_ANSWER", 0.3)
    port, hosts = parent_portal
    hosts.drops = 200
    facts = {"username": "x", "password": "giot", "dstcode": "z", "unit": HANOI}
    with (
        LegacySystem(f"http://127.0.0.1:{port}/x", inside=True, **facts) as system,
        pytest.raises(SystemAway),
    ):
        system.send("DongBoHoSoMC", [])
    assert "all of it" not in hosts


@pytest.mark.parametrize("to", ["http://169.254.169.254/x", "file:///etc/passwd"])
def test_a_redirect_leads_nowhere(parent_portal, to):
    port, hosts = parent_portal
    hosts.answers = {"Location": to, "Set-Cookie": "a=b"}, b""
    facts = {"username": "x", "password": "dan", "dstcode": "z", "unit": HANOI}
    with (
        LegacySystem(f"http://127.0.0.1:{port}/x", inside=True, **facts) as system,
        pytest.raises(NotTheInterface),
    ):
        system.send("DongBoHoSoMC", [])
    assert len(hosts) == 1


def test_one_session_serves_many_messages_and_ends_with_a_refusal(parent_portal, monkeypatch):
    port, hosts = parent_portal
    facts = {"username": "x", "password": "z", "dstcode": "z", "unit": HANOI}
    for _ in range(3):
        with LegacySystem(f"http://127.0.0.1:{port}/x", inside=True, **facts) as system:
            assert system.send("DongBoHoSoMC", []) == []
    assert len(hosts) == 1 + 3
    monkeypatch.setattr("motcua.sync.adapters.legacy.texts_of", lambda _: {"error_code": "9"})
    with LegacySystem(f"http://127.0.0.1:{port}/x", inside=True, **facts) as system:
        with pytest.raises(LegacyRefused) as first:
            system.send("DongBoHoSoMC", [])
        with pytest.raises(LegacyRefused) as second:
            system.send("DongBoHoSoMC", [])
    assert (first.value.facts["verb"], second.value.facts["verb"]) == ("DongBoHoSoMC", "auth")
