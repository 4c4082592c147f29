"""Accounts with which we sign in at systems of the old interface."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from motcua.kernel.errors import Invalid
from motcua.kernel.reach import is_near, is_never_called, literal_in
from motcua.kernel.text import N_

__all__ = ["AccountIncomplete", "LegacyAccount", "NotAnAddress", "NotNearby", "check_account"]

_SHORT = re.compile(r"[\w.-]{1,60}")
_DESTINATION = re.compile(r"[!-~]{1,100}")


class NotAnAddress(Invalid):
    code = "sync.not-an-address"
    message = N_("“{address}” is no web address. Write it like https://host/dich-vu-cong.")


class NotNearby(Invalid):
    code = "sync.not-nearby"
    message = N_("This address is on a private network or this machine. Tick the box if meant.")


class NotAShortName(Invalid):
    code = "sync.not-a-short-name"
    message = N_("Name it here with at most 60 letters, digits, dots or hyphens, such as dvcqg.")


class NotADestination(Invalid):
    code = "sync.not-a-destination"
    message = N_("This is no code of a receiver. Write it like VN:GOV:000.00.00.G22:dvc.")


class AccountIncomplete(Invalid):
    code = "sync.account-incomplete"
    message = N_("A name here, an account, its password and the code dstcode are all needed.")


@dataclass(frozen=True, slots=True)
class LegacyAccount:
    """
    Where a system answers the old interface, and as whom we sign in there.

    ``inside``: it may be on a private network or on this machine.
    """

    address: str
    username: str
    password: str = field(repr=False)
    dstcode: str
    inside: bool = False


def check_account(to: str, account: LegacyAccount) -> None:
    """
    Do nothing where an account can be one.

    :param to: what its system is called here
    :raises NotAnAddress: if the address is none
    :raises NotNearby: if it is of a private network by number, and that was not meant
    :raises AccountIncomplete: if something is missing
    :raises NotAShortName: if ``to`` is more than letters, digits, dots and hyphens
    :raises NotADestination: if ``dstcode`` cannot be told in a header
    """
    if not _is_address(account.address):
        raise NotAnAddress(address=account.address[:100])
    if is_near(account.address) and not account.inside:
        raise NotNearby
    if not (to and account.username and account.password and account.dstcode):
        raise AccountIncomplete
    if not _SHORT.fullmatch(to):
        raise NotAShortName
    if not _DESTINATION.fullmatch(account.dstcode):
        raise NotADestination


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return False
    number = literal_in(text)
    never = number is not None and is_never_called(number)
    return bool(known) and "@" not in parts.netloc and not never
