"""Whether the system behind an address may be called: one of the world, or inside if chosen."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from motcua.kernel.errors import Forbidden
from motcua.kernel.reach import is_inside, is_never_called
from motcua.kernel.text import N_

__all__ = ["check_reach"]


class NotToBeCalled(Forbidden):
    code = "sync.not-to-be-called"
    message = N_(
        "{system} is an address of this machine or a private network. If that is meant, tick so in "
        "its account."
    )


def check_reach(address: str, *, inside: bool) -> None:
    """
    Look an address up, and do nothing where all that it stands for may be called.

    :param inside: whether private networks and this machine may be
    :raises OSError: if it is not found
    :raises NotToBeCalled: otherwise
    """
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    for each in found:
        known = ip_address(str(each[4][0]).partition("%")[0])
        if is_never_called(known) or (is_inside(known) and not inside):
            raise NotToBeCalled(system=address)
