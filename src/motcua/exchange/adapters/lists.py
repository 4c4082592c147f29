"""Fetching lists of revoked certificates: from an outside authority's address, or from a file."""

from http.client import HTTPException
from pathlib import Path

import httpx

from motcua.backbone.reaching import Barred
from motcua.exchange.adapters.lines import Address, AnswerTooLarge, Kept, Outgoing
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["NotFetched", "fetched"]

TIMEOUT = 10.0
"""Seconds for connecting, and again for each piece; the whole answer may take a minute."""
MOST_LIST = 20 * 2**20
"""The largest list taken, in bytes: some half a million certificates."""


class NotFetched(Unavailable):
    code = "exchange.list-not-fetched"
    message = N_("The list of revoked certificates at {place} was not read ({why}).")


def fetched(place: str, *, inside: bool) -> bytes:
    """
    Return what is at a place now: a web address, else a file of this machine.

    :param inside: whether the address may be of a private network or this machine
    :raises NotFetched: if there is nothing, not in time, too much, or it may not be called
    """
    try:
        found = _answer(place, inside=inside) if "://" in place else Path(place).read_bytes()
    except Barred:
        raise NotFetched(place=place, why="barred") from None
    except TimeoutError:
        raise NotFetched(place=place, why="timeout") from None
    except AnswerTooLarge:
        raise NotFetched(place=place, why="too large") from None
    except (OSError, HTTPException, httpx.InvalidURL, UnicodeError):
        raise NotFetched(place=place, why="away") from None
    if len(found) > MOST_LIST:
        raise NotFetched(place=place, why="too large")
    return found


def _answer(place: str, *, inside: bool) -> bytes:
    url = httpx.URL(place)
    if url.scheme not in {"http", "https"} or not url.host:
        raise httpx.InvalidURL(place)
    headers = {"accept-encoding": "identity"}
    asking = Outgoing("GET", Address.of(url), headers, b"", url.host, "crl", inside)
    line = Kept()
    try:
        sent = line.exchange(asking, b"", timeout=TIMEOUT)
    finally:
        line.close()
    if sent.status != httpx.codes.OK:
        raise NotFetched(place=place, why=f"HTTP {sent.status}")
    return sent.body
