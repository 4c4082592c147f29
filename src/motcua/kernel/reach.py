"""Which addresses of machines a portal may call: those of the world, and others only if chosen."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
_TRANSLATED = IPv6Network("64:ff9b::/96")
_INSIDE = (IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
"""Translated within a network, and IPv4 as it was once written: of the world for Python."""
_NEVER = tuple(
    ip_network(each)
    for each in (
        *("169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24", "100.100.100.200/32"),
        *("fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128"),
    )
)
"""Where clouds tell machines their secrets (metadata), and what no router carries."""


def meant(address: Address) -> Address:
    """Return the address that is really spoken to: an IPv4 one may be written in an IPv6 one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if address in _TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_never_called(address: Address) -> bool:
    """Tell whether an address is nobody's web service, whatever somebody chose."""
    known = meant(address)
    if known.is_unspecified or known.is_multicast:
        return True
    return any(known.version == each.version and known in each for each in _NEVER)


def is_inside(address: Address) -> bool:
    """Tell whether an address is of this machine or a private network, not of the world."""
    known = meant(address)
    return not known.is_global or any(known.version == 6 and known in each for each in _INSIDE)


def literal_in(url: str) -> Address | None:
    """Return the address of a machine that a URL names by number, if it does."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def is_near(url: str) -> bool:
    """Tell whether a URL names this machine, or by number a private network."""
    host = urlsplit(url).hostname or ""
    known = literal_in(url)
    return host == "localhost" or (known is not None and is_inside(known))
