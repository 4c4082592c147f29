"""Which key is whose, and which one we sign with."""

from datetime import datetime, timedelta

from django.db.models import F

from motcua.backbone.remembered import Remembered
from motcua.exchange.adapters.keyfiles import anchors, member_key
from motcua.exchange.models import Certificate, Peer
from motcua.exchange.queries.revocations import sure_until
from motcua.exchange.rules.certificates import Trusted, trusted
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

LEARNED_WITHIN = timedelta(minutes=15)
"""How long other portals may take to learn of a new key: they look every ten minutes."""

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
    Return the newest key of a member that holds now, is believed, and that this portal has.

    Where other portals take part, a new key waits for 15 minutes while they learn of it, if an
    older one still holds.

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
    found = None if row is None else _vouched(row, at)
    if row is None or found is None or found.kid != kid:
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
        sure_until(found, made_at=row.made_at),
    )


def _vouched(row: Certificate, at: datetime) -> Trusted | None:
    """Return what a certificate says, if an authority that is believed here has issued it."""
    try:
        return trusted(row.pem, row.member_id, anchors=anchors(), at=at)
    except Invalid:
        return None


def _sign_with(member: str, at: datetime) -> SigningKey | None:
    rows = Certificate.objects.holding(at).filter(member=member)
    ours = [
        (row.made_at, SigningKey(row.kid, member, private))
        for row in rows.order_by(F("retires_at").desc(nulls_first=True), "-made_at")
        if (private := member_key(member, row.kid)) is not None and _vouched(row, at) is not None
    ]
    known_since = at - LEARNED_WITHIN if Peer.objects.exists() else at
    learned = [key for made_at, key in ours if made_at <= known_since]
    return next(iter([*learned, *(key for _, key in ours)]), None)
