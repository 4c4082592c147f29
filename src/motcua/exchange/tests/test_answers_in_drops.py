"""An answer that comes in drops holds nobody for longer than an answer may take."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from motcua.exchange.adapters import lines
from motcua.exchange.tests.test_lines import GOOD, line, outgoing, server, whole

__all__ = ["line"]


@contextmanager
def dripping(begin, drop):
    """Have a peer that begins an answer and goes on in drops, for as long as it is listened to."""
    door, left = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        peer, _ = door.accept()
        with peer, suppress(ConnectionError):
            whole(peer)
            peer.sendall(begin)
            for number in range(400):
                peer.sendall(drop)
                left.append(number)
                time.sleep(0.05)
            left.append("nothing")

    worker = threading.Thread(target=serve)
    worker.start()
    try:
        yield door.getsockname()[1], left
    finally:
        worker.join(60)
        door.close()


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKS = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"HTTP/1.1 200 ", b"O"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD, b"x"),
        (HEAD + b"x: ", b"y"),
        (CHUNKS, b"0"),
        (CHUNKS + b"1000\r\n", b"o"),
        (CHUNKS + b"0\r\n", b"x: y\r\n"),
        (GOOD.replace(b": 2", b": 2000"), b"o"),
        (HEAD + b"\r\n", b"o"),
    ],
    ids=[
        "status",
        "100",
        "name",
        "value",
        "chunk's size",
        "chunk",
        "trailers",
        "body",
        "no length",
    ],
)
def test_an_answer_in_drops_is_given_up_wherever_it_drips(line, monkeypatch, begin, drop):
    monkeypatch.setattr(lines, "LONGEST_ANSWER", 0.3)
    with dripping(begin, drop) as (port, left):
        request = outgoing(port)
        with pytest.raises(TimeoutError):
            line.exchange(request, request.body, timeout=60)
    assert "nothing" not in left
    assert not any(line._idle.values())


@pytest.mark.parametrize(
    ("begin", "drop"),
    [(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), (HEAD, b"x"), (CHUNKS + b"1000\r\n", b"o")],
    ids=["100", "name", "chunk"],
)
def test_who_waits_no_longer_is_held_by_no_drops(line, begin, drop):
    with dripping(begin, drop) as (port, left):
        request = replace(outgoing(port), within=0.3)
        with pytest.raises(TimeoutError):
            line.exchange(request, request.body, timeout=60)
    assert "nothing" not in left
    assert not any(line._idle.values())


def test_who_waits_no_longer_does_not_wait_for_a_first_byte(line):
    with server(GOOD, wait=2) as (port, _):
        request = replace(outgoing(port), within=0.3)
        with pytest.raises(TimeoutError):
            line.exchange(request, request.body, timeout=60)
