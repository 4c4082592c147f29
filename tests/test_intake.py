"""Bodies are taken in whole, a few places do the work, and who sends too slowly is cut off."""

import socket
import threading
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection, connections

from motcua.backbone.aside import aside
from motcua.config import intake
from motcua.config.intake import IN_PARTS, Intake


def asked(body=b"", *, said=None, path="/nop/1/", address="127.0.0.1", source=None, **more):
    length = len(body) if said is None else said
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(length),
        "REMOTE_ADDR": address,
        "SERVER_PORT": "8000",
        "wsgi.input": source or BytesIO(body),
        **more,
    }


def repeated(environ, start):
    """Answer with what was sent."""
    start("200 OK", [])
    return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]


def told(house, environ):
    heard = []
    answer = house(environ, lambda status, headers: heard.append(status))
    return heard[0][:3], b"".join(answer)


@pytest.fixture
def house():
    return Intake(repeated, places=2, most=10_000_000, most_of_one=3)


def test_a_body_reaches_the_portal_as_it_was_sent(house):
    for body in (b"", b"a=1", b"x" * intake.PIECE, b"y" * (intake.IN_MEMORY * 2 + 3)):
        assert told(house, asked(body)) == ("200", body)


def test_half_a_body_never_reaches_the_portal(house):
    status, words = told(house, asked(b"a=1", said=9))
    assert status == "408"
    assert b"Send it again" in words


def test_of_an_upload_that_goes_on_where_it_broke_off_what_came_is_kept(house):
    assert told(house, asked(b"half", said=9, CONTENT_TYPE=IN_PARTS)) == ("200", b"half")


def test_a_body_that_is_too_large_is_refused_unread(house):
    source = SimpleNamespace()
    assert told(house, asked(said=10_000_001, source=source))[0] == "413"


def test_a_body_for_which_there_is_no_room_is_refused(house, monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake, "SpooledTemporaryFile", full)
    assert told(house, asked(b"a=1"))[0] == "507"


def test_members_are_read_as_they_send(house):
    source = BytesIO(b"rows")
    assert told(house, asked(said=4, path="/trao-doi/x/", source=source)) == ("200", b"rows")
    assert source.tell() == 4


class Slow:
    """A body that does not come before it is allowed to."""

    def __init__(self):
        self.waited_for, self.comes = threading.Event(), threading.Event()

    def read(self, size):
        self.waited_for.set()
        assert self.comes.wait(30)
        return b"s" * size


def sent(house, source, answers, **more):
    thread = threading.Thread(
        target=lambda: answers.append(told(house, asked(said=3, source=source, **more)))
    )
    thread.start()
    assert source.waited_for.wait(30)
    return thread


def test_slow_bodies_take_no_place_and_one_address_has_its_share_of_them(house):
    slow, answers = [Slow() for _ in range(3)], []
    threads = [sent(house, each, answers, address="10.0.0.9") for each in slow]
    assert told(house, asked(b"a=1", address="10.0.0.9"))[0] == "503"
    assert told(house, asked(b"a=1", address="10.0.0.8")) == ("200", b"a=1")
    for each, thread in zip(slow, threads, strict=True):
        each.comes.set()
        thread.join()
    assert answers == [("200", b"sss")] * 3
    assert told(house, asked(b"a=1", address="10.0.0.9")) == ("200", b"a=1")


def test_who_waits_for_another_system_gives_the_place_back_and_gets_one_again():
    """With one place, a second request is answered while the first waits for a register."""
    waits, comes, answers = threading.Event(), threading.Event(), []

    def portal(environ, start):
        if environ["PATH_INFO"] == "/slow/":
            with aside():
                waits.set()
                assert comes.wait(30)
        return repeated(environ, start)

    house = Intake(portal, places=1, most=10_000_000)
    slow = threading.Thread(
        target=lambda: answers.append(told(house, asked(b"a=1", path="/slow/")))
    )
    slow.start()
    assert waits.wait(30)
    assert told(house, asked(b"b=2")) == ("200", b"b=2")
    assert not answers
    comes.set()
    slow.join()
    assert answers == [("200", b"a=1")]


def test_only_so_many_wait_aside_and_the_others_hold_their_places(monkeypatch):
    monkeypatch.setattr(intake, "MOST_ASIDE", 0)
    free = []

    def portal(environ, start):
        with aside():
            free.append(house._free.acquire(blocking=False))
        return repeated(environ, start)

    house = Intake(portal, places=1, most=10_000_000)
    assert told(house, asked(b"a=1")) == ("200", b"a=1")
    assert free == [False]


def test_the_connection_of_an_overdue_body_is_closed_and_no_other(house, monkeypatch):
    """Seen from the server: connections of the body's address, to its port, that are silent."""
    monkeypatch.setattr(intake, "PATIENCE", -1.0)
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_server(("", 0)) as other:
        port = door.getsockname()[1]
        theirs = socket.create_connection(door.getsockname())
        ours, _ = door.accept()
        elsewhere = socket.create_connection(("127.0.0.1", other.getsockname()[1]))
        apart, _ = other.accept()
        source, answers = Slow(), []
        thread = sent(house, source, answers, SERVER_PORT=str(port))
        house.close_overdue()
        assert theirs.recv(1) == b""
        elsewhere.sendall(b"?")
        assert apart.recv(1) == b"?"
        source.comes.set()
        thread.join()
        for each in (theirs, ours, elsewhere, apart):
            each.close()


def test_a_connection_that_was_answered_meanwhile_is_not_the_slow_one(house, monkeypatch):
    monkeypatch.setattr(intake, "PATIENCE", -1.0)
    with socket.create_server(("127.0.0.1", 0)) as door:
        theirs = socket.create_connection(door.getsockname())
        ours, _ = door.accept()
        source, answers = Slow(), []
        thread = sent(house, source, answers, SERVER_PORT=str(door.getsockname()[1]))
        (body,) = house._waited_for.values()
        body.began -= 60
        ours.sendall(b"!")
        house.close_overdue()
        assert theirs.recv(9) == b"!"
        theirs.sendall(b"?")
        assert ours.recv(1) == b"?"
        source.comes.set()
        thread.join()
        for each in (theirs, ours):
            each.close()


@pytest.mark.django_db(transaction=True)
def test_a_place_keeps_its_connection_whichever_thread_comes():
    seen = []

    def portal(environ, start):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            seen.append(cursor.fetchone())
        start("200 OK", [])
        return []

    house = Intake(portal, places=1, most=1)
    for _ in range(3):
        thread = threading.Thread(target=told, args=(house, asked(said=0)))
        thread.start()
        thread.join()
    assert len(seen) == 3
    assert len(set(seen)) == 1
    (kept,) = house._places[0]
    kept.close()
    assert connections["default"] is not kept
