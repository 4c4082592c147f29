"""Connections that lead nowhere but where they may: checked as they are made, by address."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

import structlog

from motcua.kernel.reach import is_inside, is_never_called

log = structlog.get_logger("motcua.backbone")

Connect = Callable[..., socket.socket]


class Barred(ConnectionError):
    """A name leads only to machines that may not be called."""


def connecting(*, inside: bool) -> Connect:
    """
    Return what connects to ``(host, port)`` like ``socket.create_connection``.

    It connects to the very address that it looked at, so that a name cannot mean another one after.

    :param inside: whether private networks and this machine may be reached
    """

    def connect(
        to: tuple[str, int],
        timeout: float | None = None,
        source: tuple[str, int] | None = None,
    ) -> socket.socket:
        host, port = to
        refused: OSError = Barred(host)
        for address in addresses_of(host, port, inside=inside):
            try:
                return socket.create_connection((address, port), timeout, source)
            except OSError as reason:
                refused = reason
        raise refused

    return connect


def addresses_of(host: str, port: int, *, inside: bool) -> list[str]:
    """
    Return the addresses behind a name that may be called; none where it leads to no such one.

    :param inside: whether private networks and this machine may be reached
    :raises OSError: if the name is not found
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as reason:
        raise OSError(f"{host} is no name") from reason
    known = list(dict.fromkeys(str(each[4][0]) for each in found))
    allowed = [each for each in known if _may(each, inside=inside)]
    if not allowed:
        log.warning("an address that may not be called", host=host, addresses=known)
    return allowed


def _may(text: str, *, inside: bool) -> bool:
    address = ip_address(text.partition("%")[0])
    return not is_never_called(address) and (inside or not is_inside(address))
