"""Many send the bodies of forms drop by drop; the others are answered all the same."""

import socket
from contextlib import ExitStack
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.waiting import until

MANY = 80
"""More than two web processes have places, more than one address may wait with at both."""
HEAD = (
    "POST /tim-kiem/ HTTP/1.1\r\nHost: {at}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nq="
)
JSON = {"Content-Type": "application/json", "Idempotency-Key": "slow"}


def dripping(house):
    connection = socket.create_connection(("127.0.0.1", house.place.port))
    connection.sendall(HEAD.format(at=f"127.0.0.1:{house.place.port}").encode())
    connection.setblocking(False)
    return connection


def is_over(connection):
    """Send one more drop; tell whether the server has answered or gone."""
    try:
        connection.send(b"x")
        return connection.recv(1000) is not None
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_eighty_slow_bodies_hold_nobody_up_and_are_cut_off(house):
    with ExitStack() as stack:
        slow = [stack.enter_context(dripping(house)) for _ in range(MANY)]
        until(lambda: any(map(is_over, slow)), what="one address gets no more than its share")
        waiting = [each for each in slow if not is_over(each)]
        assert len(waiting) > 8, "more wait than there are places for work"
        for _ in range(20):
            assert "html" in house.get("/")
        assert not all(map(is_over, waiting)), "they were answered while these waited"
        until(lambda: all(map(is_over, waiting)), what="who sends too slowly is cut off")
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(house.url + "/api/v1/dossiers", data=b"{}", headers=JSON), timeout=10)
    refused.value.close()
    assert refused.value.code == 401, (
        "bodies are taken in again, and the portal asks who sends them"
    )
