"""What outside authorities say of their certificates: lists and answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import httpx

from motcua.backbone.reaching import Barred
from motcua.exchange.adapters.lines import Address, AnswerTooLarge, Kept, Outgoing
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["NotFetched", "asked", "fetched"]

QUESTION = "application/ocsp-request"
TIMEOUT = 10.0
"""Seconds for connecting, and again for each piece; from its first byte an answer has a minute."""
MOST_LIST = 20 * 2**20
"""The largest list taken, in bytes: some half a million certificates."""
MOST_STATUS = 64 * 2**10
"""The largest answer about one certificate taken, in bytes."""


class NotFetched(Unavailable):
    code = "exchange.list-not-fetched"
    message = N_("What is revoked could not be read at {place} ({why}).")


def fetched(place: str, *, inside: bool) -> bytes:
    """
    Return what is at a place now: a web address, else a file of this machine.

    :param inside: whether the address may be of a private network or this machine
    :raises NotFetched: if there is nothing, not in time, too much, or it may not be called
    """
    with _saying(place):
        if "://" in place:
            return _answer(place, "GET", b"", MOST_LIST, inside=inside)
        found = Path(place).read_bytes()
    if len(found) > MOST_LIST:
        raise NotFetched(place=place, why="too large")
    return found


def asked(place: str, question: bytes, *, inside: bool) -> bytes:
    """
    Return what a responder answers to a question about a certificate (RFC 6960, appendix A).

    :param inside: whether the address may be of a private network or this machine
    :raises NotFetched: if there is no answer, not in time, too much, or it may not be called
    """
    with _saying(place):
        return _answer(place, "POST", question, MOST_STATUS, inside=inside)


@contextmanager
def _saying(place: str) -> Iterator[None]:
    """Say in one way why there was nothing."""
    try:
        yield
    except Barred:
        raise NotFetched(place=place, why="barred") from None
    except TimeoutError:
        raise NotFetched(place=place, why="timeout") from None
    except AnswerTooLarge:
        raise NotFetched(place=place, why="too large") from None
    except (OSError, HTTPException, httpx.InvalidURL, UnicodeError):
        raise NotFetched(place=place, why="away") from None


def _answer(place: str, method: str, body: bytes, most: int, *, inside: bool) -> bytes:
    url = httpx.URL(place)
    if url.scheme not in {"http", "https"} or not url.host:
        raise httpx.InvalidURL(place)
    headers = {"accept-encoding": "identity"}
    if body:
        headers |= {"content-type": QUESTION, "content-length": str(len(body))}
    to = Address.of(url)
    asking = Outgoing(method, to, headers, body, url.host, "revocations", inside, most)
    line = Kept()
    try:
        sent = line.exchange(asking, body, timeout=TIMEOUT)
    finally:
        line.close()
    if sent.status != httpx.codes.OK:
        raise NotFetched(place=place, why=f"HTTP {sent.status}")
    return sent.body
