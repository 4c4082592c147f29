"""Paths as they are signed: one way of percent-encoding, so that both sides sign the same text."""

from urllib.parse import quote, unquote

_PLAIN = "/-._~!$&'()*+,;=:@"


def encoded(path: str) -> str:
    """Return a decoded path as it is signed: everything encoded but what RFC 3986 has in paths."""
    return quote(path, safe=_PLAIN)


def normal(path: str) -> str:
    """Return an encoded path as it is signed, however it was encoded."""
    return encoded(unquote(path))
