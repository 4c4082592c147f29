"""
Connections to other systems over HTTP/1.1: kept open, used again, never used twice for one request.

A call of the exchange needs no more than that: no redirects, no cookies, no proxies, no unpacking.
"""

import http.client
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from select import POLLERR, POLLHUP, POLLIN, poll
from typing import Protocol

import httpx

from motcua.backbone.reaching import connecting
from motcua.exchange.adapters.plain_http import Answer, ask
from motcua.exchange.rules.paths import normal
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["PIECE", "Address", "AnswerTooLarge", "ByHttpx", "Kept", "Line", "Outgoing", "Sent"]

MOST_ANSWER = 64 * 2**20
"""The largest answer taken, in bytes."""
PIECE = 2**18
LONGEST_ANSWER = 60.0
"""Seconds that an answer may take from its first byte, headers and all, to its last."""
_IDLE_SECONDS, _MOST_IDLE = 20.0, 50
_SOMETHING_TO_READ = POLLIN | POLLHUP | POLLERR

Content = bytes | Iterator[bytes]


class AnswerTooLarge(Unavailable):
    code = "exchange.answer-too-large"
    message = N_("{provider} answered with more than {most} bytes. Ask for fewer things at once.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes; ``path`` and ``query`` are as they are signed, ``target`` as sent."""

    url: str
    secure: bool
    host: str
    port: int | None
    authority: str
    target: str
    path: str
    query: str

    @classmethod
    def of(cls, url: httpx.URL) -> "Address":
        """Return the address that a URL names."""
        target = url.raw_path.decode()
        path, _, query = target.partition("?")
        host, authority = url.raw_host.decode(), url.netloc.decode()
        secure = url.scheme == "https"
        return cls(str(url), secure, host, url.port, authority, target, normal(path), query)


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it came: ``headers`` in lower case, those that came twice joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """
    A request to send: ``body`` in memory or in a file.

    ``provider`` and ``service`` are whom it is for, to speak of them and to leave them alone;
    ``inside`` tells that it may lead into a private network; ``most`` is how many bytes of an
    answer are taken, where that is less than usual. ``within`` are the seconds for all of it, from
    reaching the other side to the answer's last byte, where somebody waits no longer.
    """

    method: str
    address: Address
    headers: Mapping[str, str]
    body: bytes | Path
    provider: str
    service: str
    inside: bool = False
    most: int | None = None
    within: float | None = None

    def check_size(self, size: int) -> None:
        """
        Check that an answer has not become too large.

        :raises AnswerTooLarge: if it has
        """
        most = min(self.most or MOST_ANSWER, MOST_ANSWER)
        if size > most:
            raise AnswerTooLarge(provider=self.provider, most=most)


class Line(Protocol):
    """What requests go out by."""

    def exchange(self, request: Outgoing, content: Content, *, timeout: float) -> Sent:
        """
        Send a request and read the whole answer.

        :param timeout: seconds for connecting, and again for each piece that is waited for; from
            its first byte on the whole answer may take a minute, however it comes, and what the
            request itself says where that is less
        :raises OSError: if the other side is not reached, or too slow
        :raises http.client.HTTPException: if what comes back is not HTTP, or is cut short
        :raises AnswerTooLarge: if the answer is larger than we take
        """
        ...


_Where = tuple[bool, str, int | None, bool]


class Kept:
    """Connections of this process, kept open for 20 seconds after their last answer."""

    def __init__(self) -> None:
        self._idle: defaultdict[_Where, deque[tuple[float, http.client.HTTPConnection]]]
        self._idle = defaultdict(deque)

    def exchange(self, request: Outgoing, content: Content, *, timeout: float) -> Sent:
        """Send a request and read the whole answer, as a :class:`Line` does."""
        to = request.address
        until = None if request.within is None else time.monotonic() + request.within
        where = (to.secure, to.host, to.port, request.inside)
        connection = self._idle_one(where) or _new(where)
        try:
            _ready(connection, min(timeout, request.within or timeout))
            with _answered(connection, request, content, until) as answer:
                sent = _read(answer, request)
        except BaseException:
            connection.close()
            raise
        if answer.will_close or len(self._idle[where]) >= _MOST_IDLE:
            connection.close()
        else:
            self._idle[where].append((time.monotonic(), connection))
        return sent

    def close(self) -> None:
        """Close what is idle."""
        for kept in self._idle.values():
            while kept:
                kept.pop()[1].close()

    def _idle_one(self, where: _Where) -> http.client.HTTPConnection | None:
        """Return an idle connection that nobody has closed, the one used last."""
        kept = self._idle[where]
        while kept:
            with suppress(IndexError):
                since, connection = kept.pop()
                if time.monotonic() - since < _IDLE_SECONDS and _is_quiet(connection):
                    return connection
                connection.close()
        return None


def _new(where: _Where) -> http.client.HTTPConnection:
    secure, host, port, inside = where
    made = http.client.HTTPConnection(host, port or http.client.HTTP_PORT)
    if secure:
        port = port or http.client.HTTPS_PORT
        made = http.client.HTTPSConnection(host, port, context=_trust())
    made._create_connection = connecting(inside=inside)  # type: ignore[attr-defined]  # noqa: SLF001
    return made


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _is_quiet(connection: http.client.HTTPConnection) -> bool:
    """Tell whether the other side has said nothing since: what it would say now is good-bye."""
    if connection.sock is None:
        return False
    quiet = poll()
    quiet.register(connection.sock, _SOMETHING_TO_READ)
    return not quiet.poll(0)


def _ready(connection: http.client.HTTPConnection, timeout: float) -> None:
    connection.timeout = timeout
    if connection.sock is None:
        connection.connect()
    else:
        connection.sock.settimeout(timeout)


def _answered(
    connection: http.client.HTTPConnection,
    request: Outgoing,
    content: Content,
    until: float | None,
) -> Answer:
    """Send it; who answers before everything was sent is listened to all the same."""
    to, way = request.address, connection.sock
    headers = {"host": to.authority, **request.headers}
    with suppress(BrokenPipeError, ConnectionResetError):
        ask(request.method, to.target, headers, content, by=way)
    answer = Answer(way, request.method, longest=LONGEST_ANSWER, until=until)
    try:
        answer.begin()
    except BaseException:
        answer.close()
        raise
    return answer


def _read(answer: Answer, request: Outgoing) -> Sent:
    pieces, size = list[bytes](), 0
    with answer:
        while piece := answer.read1(PIECE):
            size += len(piece)
            request.check_size(size)
            pieces.append(piece)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
    return Sent(answer.status, answer.told, b"".join(pieces))


class ByHttpx:
    """A line of another kind, for rehearsals."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def exchange(self, request: Outgoing, content: Content, *, timeout: float) -> Sent:
        """Send a request and read the whole answer, as a :class:`Line` does."""
        built = httpx.Request(
            request.method, request.address.url, headers=dict(request.headers), content=content
        )
        built.extensions = {"timeout": httpx.Timeout(timeout).as_dict()}
        try:
            answer = self._transport.handle_request(built)
            try:
                return self._read(answer, request)
            finally:
                answer.close()
        except httpx.HTTPError as reason:
            raise http.client.HTTPException(str(reason)) from reason

    def _read(self, answer: httpx.Response, request: Outgoing) -> Sent:
        pieces, size = list[bytes](), 0
        for piece in answer.iter_raw(PIECE):
            size += len(piece)
            request.check_size(size)
            pieces.append(piece)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Sent(answer.status_code, headers, b"".join(pieces))
