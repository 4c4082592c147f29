"""Send requests to other systems over HTTP: one pool of connections a process, nothing retried."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import httpx

from motcua.backbone.breaker import Breaker
from motcua.exchange.adapters.lines import (
    PIECE,
    Address,
    AnswerTooLarge,
    ByHttpx,
    Kept,
    Line,
    Outgoing,
    Sent,
)
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = [
    "Address",
    "AnswerTooLarge",
    "MemberDown",
    "Outgoing",
    "Sent",
    "close_breakers",
    "probe",
    "send",
    "sending_through",
]

BROKEN = {502, 503, 504}
"""What a proxy answers when the system behind it does not."""


class MemberDown(Unavailable):
    code = "exchange.member-down"
    message = N_(
        "{provider} does not answer for {service} just now. Nothing was lost; it is tried again."
    )


_breakers: dict[tuple[str, str], Breaker] = {}
_line: list[Line] = []


def send(request: Outgoing, *, timeout: float) -> Sent:
    """
    Send a request and read the whole answer.

    :param timeout: seconds for connecting, and again for each piece that is waited for
    :raises MemberDown: if there is no answer, or the system is left alone for not answering
    :raises AnswerTooLarge: if the answer is larger than we take
    """
    guarding = _breaker(request.provider, request.service).guarding()
    with guarding, _body(request.body) as content:
        try:
            sent = line().exchange(request, content, timeout=timeout)
        except (OSError, HTTPException) as reason:
            raise MemberDown(provider=request.provider, service=request.service) from reason
        if sent.status in BROKEN and "signature" not in sent.headers:
            raise MemberDown(provider=request.provider, service=request.service)
        return sent


def line() -> Line:
    """Return this process's connections to the outside; no cookies, no redirects, no proxies."""
    if not _line:
        _line.append(Kept())
    return _line[0]


def probe(url: str, *, inside: bool, timeout: float) -> int:
    """
    Ask an address for itself and return the status.

    :raises TimeoutError: if it does not answer in time
    :raises Barred: if it may not be called
    :raises OSError: if nobody is there
    :raises http.client.HTTPException: if what comes back is not HTTP
    :raises AnswerTooLarge: if the answer is larger than we take
    """
    to = Address.of(httpx.URL(url))
    asking = Outgoing("GET", to, {"accept-encoding": "identity"}, b"", "", "", inside)
    return line().exchange(asking, b"", timeout=timeout).status


@contextmanager
def sending_through(other: Line | httpx.BaseTransport) -> Iterator[None]:
    """Send by another way meanwhile, with all breakers closed: for rehearsals."""
    way = ByHttpx(other) if isinstance(other, httpx.BaseTransport) else other
    kept, _line[:] = list(_line), [way]
    close_breakers()
    try:
        yield
    finally:
        _line[:] = kept
        close_breakers()


def close_breakers() -> None:
    """Ask again whoever did not answer before: where it is known that all is new."""
    _breakers.clear()


def _breaker(provider: str, service: str) -> Breaker:
    found = _breakers.get((provider, service))
    if found is None:
        found = Breaker(MemberDown, provider=provider, service=service)
        _breakers[provider, service] = found
    return found


@contextmanager
def _body(body: bytes | Path) -> Iterator[bytes | Iterator[bytes]]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as file:
        yield iter(lambda: file.read(PIECE), b"")
