"""A connection that is cut in the middle of a signed message, over a real socket."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest

from motcua.exchange.adapters.sending import MemberDown, close_breakers, sending_through
from motcua.exchange.operations.demo import seed_members
from motcua.exchange.tests.conftest import CITY, MINISTRY, PORTAL
from motcua.exchange.tests.places import POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.sync.api.gateway import SERVICE, answer
from motcua.sync.models import Status, Stream
from motcua.sync.operations.pushing import post, push
from motcua.sync.tests.streams import body, code_of, status
from tests.sync.test_gateway import _own_files

__all__ = ["_own_files"]

ROWS = body(
    [status(1, hours=hour, code=code_of(1, top="H26")) for hour in range(2_000)]
).splitlines(keepends=True)


@pytest.fixture
def receiver(transactional_db, live_server, settings):
    close_breakers()
    settings.ALLOWED_HOSTS = ["*"]
    seed_members((CITY, MINISTRY), address=live_server.url, by=PORTAL, at=now())
    agreement("synchronise", service=offered(answer, SERVICE))
    return live_server


class Kept(httpx.BaseTransport):
    """Keep a message as it was signed, and send nothing."""

    def handle_request(self, request):
        request.read()
        self.request = request
        raise httpx.ConnectError("nobody there")


def signed_message():
    kept = Kept()
    with sending_through(kept), pytest.raises(MemberDown):
        post(ROWS, 0, to=POLICE, stream="a b", clock=now)
    close_breakers()
    lines = [f"POST {kept.request.url.raw_path.decode()} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in kept.request.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode(), kept.request.content


def sent(server, data):
    """Send bytes, then say no more; return what comes back."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as way:
        way.sendall(data)
        way.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: way.recv(65_536), b""))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_message_cut_on_the_wire_is_refused_whole_and_sent_again_is_taken_once(receiver, share):
    head, whole = signed_message()
    said = sent(receiver, head + whole[: int(len(whole) * share)])
    assert b" 401 " in said.split(b"\r\n")[0]
    assert b"exchange.altered" in said
    assert not Status.objects.exists()
    assert not Stream.objects.exists()
    done = push(ROWS, to=POLICE, stream="a b", clock=now, sleep=lambda _: None)
    assert done.cursor == Status.objects.count() == 2_000
