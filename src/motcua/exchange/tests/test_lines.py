"""Connections to other members: kept open, dropped when they are stale, never used twice."""

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPException, IncompleteRead

import httpx
import pytest

from motcua.exchange.adapters import lines, plain_http
from motcua.exchange.adapters.lines import Address, AnswerTooLarge, Kept, Outgoing

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def whole(peer):
    """Return a small request with its body, or how a large one begins."""
    said = b""
    while not said.endswith(b"{}") and len(said) < 10_000:
        if not (piece := peer.recv(65536)):
            break
        said += piece
    return said


@contextmanager
def server(*answers, then_close=False, wait=0):
    """Have a peer that says these answers, one a request, on as many connections as it takes."""
    door, seen = socket.create_server(("127.0.0.1", 0)), []
    left = list(answers)

    def serve():
        while left:
            peer, _ = door.accept()
            seen.append([])
            with peer:
                while left and (said := whole(peer)):
                    seen[-1].append(said)
                    time.sleep(wait)
                    peer.sendall(left.pop(0))
                    if then_close:
                        break

    worker = threading.Thread(target=serve)
    worker.start()
    try:
        yield door.getsockname()[1], seen
    finally:
        worker.join(5)
        door.close()


def outgoing(port, body=b"{}", path="/a%20b?c=d"):
    address = Address.of(httpx.URL(f"http://127.0.0.1:{port}{path}"))
    headers = {"content-length": str(len(body)), "accept-encoding": "identity"}
    return Outgoing("POST", address, headers, body, "G01", "x.v1", inside=True)


@pytest.fixture
def line():
    made = Kept()
    yield made
    made.close()


def ask(line, port, **more):
    request = outgoing(port, **more)
    return line.exchange(request, request.body, timeout=2)


def test_one_connection_carries_many_requests(line):
    with server(GOOD, GOOD, GOOD) as (port, seen):
        assert [ask(line, port).body for _ in range(3)] == [b"ok"] * 3
    assert [len(requests) for requests in seen] == [3]
    assert seen[0][0].startswith(b"POST /a%20b?c=d HTTP/1.1\r\nhost: 127.0.0.1:")


def test_a_connection_that_the_peer_has_closed_is_not_used_again(line):
    with server(GOOD, GOOD, then_close=True) as (port, seen):
        ask(line, port)
        wait_until_it_has_gone(line)
        assert ask(line, port).body == b"ok"
    assert [len(requests) for requests in seen] == [1, 1]


def wait_until_it_has_gone(line):
    """Wait until the idle connection's other end is known here to be closed."""
    ((_, connection),) = next(iter(line._idle.values()))
    assert connection.sock.recv(1, socket.MSG_PEEK) == b""


def test_a_connection_that_was_idle_for_long_is_not_used_again(line, monkeypatch):
    with server(GOOD, GOOD) as (port, seen):
        ask(line, port)
        monkeypatch.setattr(lines, "_IDLE_SECONDS", 0.0)
        ask(line, port)
    assert [len(requests) for requests in seen] == [1, 1]


def test_an_answer_cut_short_is_none_and_its_connection_is_not_kept(line):
    short = GOOD.replace(b": 2", b": 9")
    with server(short, then_close=True) as (port, _), pytest.raises(IncompleteRead):
        ask(line, port)
    assert not any(line._idle.values())


def test_what_is_no_http_is_no_answer(line):
    with server(b"hello\r\n\r\n", then_close=True) as (port, _), pytest.raises(HTTPException):
        ask(line, port)


@pytest.mark.parametrize(
    "odd",
    [
        GOOD.replace(b"1.1", b"2.0"),
        GOOD.replace(b": 2", b": +2"),
        GOOD.replace(b": 2", b": " + b"9" * 5000),
        GOOD.replace(b": 2", b": 2\r\nRetry-After: 1\r2"),
        GOOD.replace(b": 2", b": 2\r\nETag: a\0b"),
        GOOD.replace(b": 2", b": 2\r\nContent-Length: 3"),
        GOOD.replace(b"Content", b" Content"),
        GOOD.replace(b"Content-Length:", b"Content-Length :"),
        GOOD.replace(b": 2", b""),
        GOOD.replace(b": 2", b": 2\r\n a-fold: 3"),
        GOOD.replace(b": 2", b": 2" + b"\r\nx: y" * 100),
        GOOD.replace(b": 2", b": 2\r\nx: " + b"y" * 70_000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 2",
    ],
)
def test_headers_that_could_be_read_in_two_ways_are_no_answer(line, odd):
    with server(odd, then_close=True) as (port, _), pytest.raises(HTTPException):
        ask(line, port)
    assert not any(line._idle.values())


def test_an_answer_in_chunks_is_read_and_the_connection_goes_on(line):
    chunks = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3\r\n ok\r\n0\r\n\r\n"
    )
    with server(chunks, GOOD) as (port, seen):
        assert ask(line, port).body == b"ok ok"
        assert ask(line, port).body == b"ok"
    assert [len(requests) for requests in seen] == [2]


def test_an_answer_without_a_length_ends_with_its_connection(line):
    with server(b"HTTP/1.0 200 OK\r\n\r\nok", then_close=True) as (port, _):
        assert ask(line, port).body == b"ok"
    assert not any(line._idle.values())


def test_what_is_said_before_the_answer_is_not_the_answer(line):
    wait = b"HTTP/1.1 100 Continue\r\n\r\n"
    with server(wait + GOOD, b"HTTP/1.1 204 No Content\r\n\r\n") as (port, _):
        assert ask(line, port).status == 200
        assert ask(line, port).body == b""


def test_a_small_body_goes_out_with_what_goes_before_it():
    sent = list[bytes]()

    class Way:
        sendall = staticmethod(sent.append)

    plain_http.ask("POST", "/", {"x": "y"}, b"{}", by=Way())
    assert sent == [b"POST / HTTP/1.1\r\nx: y\r\ncontent-length: 2\r\n\r\n{}"]
    plain_http.ask("POST", "/", {}, bytes(plain_http.TOGETHER + 1), by=Way())
    assert len(sent) == 3
    plain_http.ask("POST", "/", {"content-length": "2"}, iter([b"o", b"k"]), by=Way())
    assert sent[-2:] == [b"o", b"k"]


def test_nobody_there_is_an_error_of_the_network(line):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        ask(line, port)


def test_a_header_that_comes_twice_is_read_as_one_with_both(line):
    twice = b"HTTP/1.1 200 OK\r\nSignature: a\r\nsignature: b\r\nContent-Length: 0\r\n\r\n"
    with server(twice) as (port, _):
        assert ask(line, port).headers["signature"] == "a, b"


def test_a_header_with_a_line_end_is_never_sent(line):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        bad = replace(outgoing(port), headers={"x": "a\r\nb: c"})
        with pytest.raises(ValueError, match="Invalid header value"):
            line.exchange(bad, b"", timeout=2)
        with pytest.raises(ValueError, match="Invalid header name"):
            line.exchange(replace(bad, headers={"x: y\r\nz": "a"}), b"", timeout=2)
        twisted = replace(bad.address, target="/ HTTP/1.1\r\nx: y")
        with pytest.raises(ValueError, match="Invalid target"):
            line.exchange(replace(bad, address=twisted, headers={}), b"", timeout=2)


def test_who_answers_before_the_end_of_a_large_body_is_heard(line):
    refused = b"HTTP/1.1 413 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with server(refused, then_close=True) as (port, _):
        try:
            assert ask(line, port, body=bytes(8 << 20)).status == 413
        except ConnectionResetError:
            pytest.skip("the answer was lost with the connection, as TCP allows")
    assert not any(line._idle.values())


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 200 OK\r\nno header\r\n\r\n", GOOD], ids=["no header", "too large"]
)
def test_an_answer_that_is_not_taken_leaves_no_socket_open(line, monkeypatch, said):
    """Also while somebody still looks at what went wrong."""
    connected, ready = [], lines._ready

    def kept(connection, timeout):
        ready(connection, timeout)
        connected.append(connection.sock)

    monkeypatch.setattr(lines, "_ready", kept)
    with server(said, then_close=True) as (port, _):
        request = replace(outgoing(port), most=1)
        with pytest.raises((HTTPException, AnswerTooLarge)) as error:
            line.exchange(request, request.body, timeout=2)
        assert error.value
        assert connected[0].fileno() == -1
