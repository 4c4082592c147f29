"""Paths as they are signed: one way of percent-encoding, so that both sides sign the same text."""

import re
from urllib.parse import quote, unquote

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

_PLAIN = "/-._~!$&'()*+,;=:@"
_TWISTED = re.compile(r"(?:^|/)\.\.?(?:[/;]|$)|[\x00-\x1f\x7f\\]")
"""Some servers drop what follows a semicolon first, and see two dots only then."""


class TwistedPath(Invalid):
    code = "exchange.twisted-path"
    message = N_(
        "The address of a call has no parts “.” or “..”, no backslash and no control characters. "
        "Write where it leads."
    )


def check_straight(path: str) -> None:
    """
    Check that a decoded path leads where it seems to, for whoever reads it.

    :raises TwistedPath: if a part of it is ``.`` or ``..``, or it holds what no address has
    """
    if _TWISTED.search(path):
        raise TwistedPath


def encoded(path: str) -> str:
    """Return a decoded path as it is signed: everything encoded but what RFC 3986 has in paths."""
    return quote(path, safe=_PLAIN)


def normal(path: str) -> str:
    """Return an encoded path as it is signed, however it was encoded."""
    return encoded(unquote(path))
