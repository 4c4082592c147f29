"""
Bodies of requests are taken in whole before one of the portal's few places is used for them.

Otherwise whoever sends a body drop by drop holds a place at the portal for as long as they like.
Here they hold a thread that waits and does nothing; of those there are many, one address gets half
of them at most, and a connection that brings too little for too long is closed.
"""

import os
import socket
import stat
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.backbone.aside import ASIDE
from motcua.config.levelling import Load, Loads

WAITING = 60
"""How many bodies a process waits for at once, beside the requests it works on."""
MOST_OF_ONE = WAITING // 2
"""How many of them may come from one address."""
MOST_ASIDE = WAITING // 2
"""How many requests of a process may wait for other systems without holding a place."""
PIECE = 2**16
"""So many bytes must arrive within ``PATIENCE``: 2 kB a second, which any telephone manages."""
PATIENCE = 30.0
"""Seconds after which a connection is closed that has not brought a piece."""
IN_MEMORY = 2**20
"""A longer body is kept in a temporary file until it is there."""
AS_THEY_COME = "/trao-doi/"
"""Where bodies are read as they come: only once the signature of a member holds."""
IN_PARTS = "application/offset+octet-stream"
"""What is sent on from where it broke off: of these whatever has come is kept."""

TOO_SLOW = (
    "408 Request Timeout",
    "Dữ liệu gửi lên chưa đến đủ. Hãy gửi lại. · Not all you sent has arrived. Send it again.",
)
TOO_LARGE = (
    "413 Content Too Large",
    "Dữ liệu gửi lên quá lớn. Hãy gửi từng phần. · You sent too much at once. Send it in parts.",
)
TOO_MANY = (
    "503 Service Unavailable",
    "Đang có quá nhiều dữ liệu gửi lên. Hãy thử lại sau. · Too much is being sent. Try later.",
)
NO_ROOM = (
    "507 Insufficient Storage",
    "Máy chủ hết chỗ chứa. Hãy thử lại sau. · The server has no room left. Try again later.",
)

_SENT_LAST = struct.Struct("@I")
_SENT_LAST_AT = 44
"""Where in Linux's ``struct tcp_info`` it stands how long ago we last sent data, in ms."""


@dataclass(slots=True)
class _Body:
    """A body that somebody waits for."""

    address: str
    port: int
    began: float
    due: float
    number: int = field(default_factory=count().__next__)


class Intake:
    """
    The portal as a web process asks it: ``places`` requests at a time, each with its whole body.

    Each place has its own connections to the database, whichever thread comes to it.

    :param most: a longer body is refused before any of it is read, in bytes
    :param most_of_one: how many bodies of one address are waited for at once
    :param load: what this process has in hand beside the others; nothing where it is alone
    """

    def __init__(
        self,
        portal: WSGIApplication,
        *,
        places: int,
        most: int,
        most_of_one: int = MOST_OF_ONE,
        load: Load | None = None,
    ) -> None:
        self.portal = portal
        self.places = places
        self.load = load or Loads(1).mine()
        self.most = most
        self.most_of_one = most_of_one
        self._free = threading.Semaphore(places)
        self._places: deque[list[BaseDatabaseWrapper]] = deque([] for _ in range(places))
        self._room_aside = threading.Semaphore(MOST_ASIDE)
        self._waited_for: dict[int, _Body] = {}
        self._of_one: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI has it."""
        said = environ.get("CONTENT_LENGTH", "")
        length = int(said) if said.isdecimal() else 0
        if not length or environ["PATH_INFO"].startswith(AS_THEY_COME):
            return self._ask(environ, start)
        if length > self.most:
            return _refused(start, TOO_LARGE)
        try:
            with self._waiting(environ) as body:
                whole, left = taken_in(environ["wsgi.input"], length, body)
        except _TooMany:
            return _refused(start, TOO_MANY)
        except OSError:
            return _refused(start, NO_ROOM)
        with whole:
            if left and environ.get("CONTENT_TYPE") != IN_PARTS:
                return _refused(start, TOO_SLOW)
            environ["wsgi.input"] = whole
            return self._ask(environ, start)

    def _ask(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self._take_place()
        before = ASIDE.set(self._aside)
        keeps = environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
        try:
            return self.portal(environ, self._levelling(start) if keeps else start)
        finally:
            ASIDE.reset(before)
            self._leave_place()

    def _levelling(self, start: StartResponse) -> StartResponse:
        """Have the connection closed with the answer, where work should go to other processes."""

        def begin(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            if self.load.is_uneven(self.places):
                headers = [*headers, ("Connection", "close")]
            return start(status, headers, *failed)

        return begin

    def _take_place(self) -> None:
        self.load.add(1)
        self._free.acquire()
        connections.close_all()
        for each in self._places.pop():
            connections[each.alias] = each

    def _leave_place(self) -> None:
        self._places.append(_left())
        self._free.release()
        self.load.add(-1)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Let others work while this request waits for another system, if there is room aside."""
        busy = any(each.in_atomic_block for each in connections.all(initialized_only=True))
        if busy or not self._room_aside.acquire(blocking=False):
            yield
            return
        self._leave_place()
        try:
            yield
        finally:
            self._room_aside.release()
            self._take_place()

    @contextmanager
    def _waiting(self, environ: WSGIEnvironment) -> Iterator[_Body]:
        address, now = str(environ["REMOTE_ADDR"]), time.monotonic()
        body = _Body(address, int(environ["SERVER_PORT"]), now, now + PATIENCE)
        with self._lock:
            if self._of_one[address] >= self.most_of_one:
                raise _TooMany
            self._of_one[address] += 1
            self._waited_for[body.number] = body
        try:
            yield body
        finally:
            with self._lock:
                del self._waited_for[body.number]
                self._of_one[address] -= 1
                if not self._of_one[address]:
                    del self._of_one[address]

    def watch(self, *, every: float = 2.0) -> None:
        """Close connections whose bodies are overdue, for as long as the process lives."""

        def keep_watch() -> None:
            while True:
                time.sleep(every)
                self.close_overdue()

        threading.Thread(target=keep_watch, name="bodies", daemon=True).start()

    def close_overdue(self) -> None:
        """Close the connections whose bodies are overdue."""
        now = time.monotonic()
        with self._lock:
            overdue = [body for body in self._waited_for.values() if body.due < now]
        if overdue:
            _close(overdue, at=now)


class _TooMany(Exception):
    """One address sends too many bodies at once."""


def taken_in(source: Any, length: int, body: _Body) -> tuple[SpooledTemporaryFile[bytes], int]:
    """
    Return what came of a body, to be read from its beginning, and how much of it did not come.

    :raises OSError: if there is no room for it
    """
    whole: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    left = length
    while left:
        wanted = min(left, PIECE)
        piece = source.read(wanted)
        whole.write(piece)
        left -= len(piece)
        if len(piece) < wanted:
            break
        body.due = time.monotonic() + PATIENCE
    whole.seek(0)
    return whole, left


def _left() -> list[BaseDatabaseWrapper]:
    """Take the connections of this thread out of it, for the next one that comes to the place."""
    mine = list(connections.all(initialized_only=True))
    for each in mine:
        if not each.allow_thread_sharing:
            each.inc_thread_sharing()
        del connections[each.alias]
    return mine


def _close(overdue: list[_Body], *, at: float) -> None:
    """
    Close what these bodies come on.

    The server does not say which connection that is. It is one of the same address, to our port, on
    which nothing was sent since the body began; the others of which that holds lie idle.
    """
    since: dict[tuple[str, int], float] = {}
    for body in overdue:
        key = _plain(body.address), body.port
        since[key] = min(since.get(key, at), at - body.began - 1)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 (numbers, not files)
        with suppress(OSError):
            _close_if(int(name), since)


def _close_if(number: int, since: dict[tuple[str, int], float]) -> None:
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return
    with socket.socket(fileno=os.dup(number)) as connection:
        if connection.family not in (socket.AF_INET, socket.AF_INET6):
            return
        key = _plain(connection.getpeername()[0]), connection.getsockname()[1]
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SENT_LAST_AT + 4)
        (quiet,) = _SENT_LAST.unpack_from(told, _SENT_LAST_AT)
        if key in since and quiet / 1000 >= since[key]:
            connection.shutdown(socket.SHUT_RDWR)


def _plain(address: str) -> str:
    return address.removeprefix("::ffff:")


def _refused(start: StartResponse, why: tuple[str, str]) -> list[bytes]:
    status, words = why
    told = f"{words}\n".encode()
    kind, length = "text/plain; charset=utf-8", str(len(told))
    start(status, [("Content-Type", kind), ("Content-Length", length)])
    return [told]
