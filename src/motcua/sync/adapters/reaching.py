"""The very machine behind an address: one of the world, or inside where that was chosen."""

from dataclasses import dataclass

import httpx

from motcua.backbone.reaching import addresses_of
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

__all__ = ["Way", "way_to"]


class NotToBeCalled(Forbidden):
    code = "sync.not-to-be-called"
    message = N_(
        "{system} is an address of this machine or a private network. If that is meant, tick so in "
        "its account."
    )


@dataclass(frozen=True, slots=True)
class Way:
    """Where to send: ``base`` names a machine by number, ``host`` and ``name`` as it is known."""

    base: str
    host: str
    name: str


def way_to(address: str, *, inside: bool) -> Way:
    """
    Look an address up, once, so that its name cannot mean another machine afterwards.

    :param inside: whether private networks and this machine may be called
    :raises OSError: if it is not found; :raises httpx.InvalidURL: if it is none
    :raises NotToBeCalled: if it may not be called
    """
    url = httpx.URL(address)
    port = url.port or (443 if url.scheme == "https" else 80)
    found = addresses_of(url.host, port, inside=inside)
    if not found:
        raise NotToBeCalled(system=address)
    by_number = url.copy_with(host=found[0].partition("%")[0])
    return Way(str(by_number).rstrip("/"), url.netloc.decode(), url.raw_host.decode())
