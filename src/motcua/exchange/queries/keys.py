"""Which key is whose, and which one we sign with."""

from datetime import datetime

from motcua.backbone.remembered import Remembered
from motcua.exchange.adapters.keyfiles import anchors, member_key
from motcua.exchange.models import Certificate
from motcua.exchange.rules.certificates import trusted
from motcua.exchange.rules.keys import (
    ExpiredKey,
    KnownKey,
    MemberNotActive,
    NoKeyOfOurs,
    RevokedKey,
    SigningKey,
    UnknownKey,
    check_believed,
    check_held,
)
from motcua.exchange.rules.states import MemberState
from motcua.kernel.errors import Invalid
from motcua.kernel.scope import for_rooms

__all__ = [
    "ExpiredKey",
    "KnownKey",
    "MemberNotActive",
    "NoKeyOfOurs",
    "RevokedKey",
    "SigningKey",
    "UnknownKey",
    "check_believed",
    "check_held",
    "forget_keys",
    "key_known",
    "signing_key",
]

_known: "Remembered[str, KnownKey]" = Remembered(seconds=5)
_ours: "Remembered[str, SigningKey]" = Remembered(seconds=5)


@for_rooms
def key_known(kid: str, *, at: datetime) -> KnownKey:
    """
    Return a key by its name on the wire, as it was at most five seconds ago.

    Its certificate is held against the trust anchors each time it is read, so that a row changed
    by hand makes no key. Whether it is to be believed now, ``check_believed`` tells.

    :raises UnknownKey: if there is none, or its certificate is not to be trusted
    """
    found = _known.get(kid, lambda: _read(kid, at))
    if found is None:
        raise UnknownKey(kid=kid[:40])
    return found


@for_rooms
def signing_key(member: str, *, at: datetime) -> SigningKey:
    """
    Return the newest key of a member that holds now and that this portal has.

    :raises NoKeyOfOurs: if there is none
    """
    found = _ours.get(member, lambda: _sign_with(member, at))
    if found is None:
        raise NoKeyOfOurs(member=member)
    return found


@for_rooms
def forget_keys() -> None:
    """Ask again which keys there are: this process has changed one."""
    _known.forget()
    _ours.forget()


def _read(kid: str, at: datetime) -> KnownKey | None:
    row = Certificate.objects.select_related("member").filter(pk=kid).first()
    if row is None:
        return None
    try:
        found = trusted(row.pem, row.member_id, anchors=anchors(), at=at)
    except Invalid:
        return None
    if found.kid != kid:
        return None
    return KnownKey(
        kid,
        row.member_id,
        MemberState(row.member.state),
        found.public,
        found.valid_from,
        found.valid_until,
        row.retires_at,
        row.revoked_at,
    )


def _sign_with(member: str, at: datetime) -> SigningKey | None:
    rows = Certificate.objects.holding(at).filter(member=member, retires_at__isnull=True)
    for kid in rows.order_by("-valid_from", "-made_at").values_list("kid", flat=True):
        private = member_key(member, kid)
        if private is not None:
            return SigningKey(kid, member, private)
    return None
