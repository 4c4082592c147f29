"""Send requests to other systems over HTTP: one pool of connections a process, nothing retried."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from motcua.backbone.breaker import Breaker
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

LIMITS = httpx.Limits(max_connections=200, max_keepalive_connections=50, keepalive_expiry=20)
MOST_ANSWER = 64 * 2**20
"""The largest answer taken, in bytes."""
BROKEN = {502, 503, 504}
"""What a proxy answers when the system behind it does not."""
_PIECE = 2**18


class MemberDown(Unavailable):
    code = "exchange.member-down"
    message = N_(
        "{provider} does not answer for {service} just now. Nothing was lost; it is tried again."
    )


class AnswerTooLarge(Unavailable):
    code = "exchange.answer-too-large"
    message = N_("{provider} answered with more than {most} bytes. Ask for fewer things at once.")


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it came: ``headers`` in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """
    A request to send: ``body`` in memory or in a file.

    ``provider`` and ``service`` are whom it is for, to speak of them and to leave them alone.
    """

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    body: bytes | Path
    provider: str
    service: str


_breakers: dict[tuple[str, str], Breaker] = {}
_line: list[httpx.BaseTransport] = []


def send(request: Outgoing, *, timeout: float) -> Sent:
    """
    Send a request and read the whole answer.

    :param timeout: seconds for connecting, and again for each piece that is waited for
    :raises MemberDown: if there is no answer, or the system is left alone for not answering
    :raises AnswerTooLarge: if the answer is larger than we take
    """
    guarding = _breaker(request.provider, request.service).guarding()
    with guarding, _body(request.body) as content:
        built = httpx.Request(
            request.method, request.url, headers=dict(request.headers), content=content
        )
        built.extensions = {"timeout": httpx.Timeout(timeout).as_dict()}
        try:
            answer = line().handle_request(built)
            try:
                return _read(answer, request)
            finally:
                answer.close()
        except httpx.HTTPError as reason:
            raise MemberDown(provider=request.provider, service=request.service) from reason


def line() -> httpx.BaseTransport:
    """Return this process's connections to the outside; no cookies, no redirects, no proxies."""
    if not _line:
        _line.append(httpx.HTTPTransport(limits=LIMITS, trust_env=False))
    return _line[0]


@contextmanager
def sending_through(other: httpx.BaseTransport) -> Iterator[None]:
    """Send by another way meanwhile, with all breakers closed: for rehearsals."""
    kept, _line[:] = list(_line), [other]
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


def _read(answer: httpx.Response, request: Outgoing) -> Sent:
    pieces, size = list[bytes](), 0
    for piece in answer.iter_raw(_PIECE):
        size += len(piece)
        if size > MOST_ANSWER:
            raise AnswerTooLarge(provider=request.provider, most=MOST_ANSWER)
        pieces.append(piece)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.status_code in BROKEN and "signature" not in headers:
        raise MemberDown(provider=request.provider, service=request.service)
    return Sent(answer.status_code, headers, b"".join(pieces))


@contextmanager
def _body(body: bytes | Path) -> Iterator[bytes | Iterator[bytes]]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as file:
        yield iter(lambda: file.read(_PIECE), b"")
