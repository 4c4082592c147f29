"""When a key is believed."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.exchange.rules.states import MemberState
from motcua.kernel.errors import Forbidden, Unavailable
from motcua.kernel.text import N_


class UnknownKey(Forbidden):
    code = "exchange.unknown-key"
    message = N_(
        "The exchange knows no key {kid}. Sign with a key that has a certificate here, "
        "or send the certificate first."
    )


class RevokedKey(Forbidden):
    code = "exchange.revoked-key"
    message = N_(
        "The key {kid} was revoked on {moment}. Make a new key, have it certified, use it."
    )


class RevocationsUnknown(Forbidden):
    code = "exchange.revocations-unknown"
    message = N_(
        "Whether the key {kid} was revoked is not known here: nothing of what its authority "
        "revoked could be read in time, and since {moment} it is not believed. Ask the operator of "
        "this portal."
    )


class ExpiredKey(Forbidden):
    code = "exchange.expired-key"
    message = N_(
        "The key {kid} does not hold: it is for {since} to {until}. Sign with a newer key."
    )


class MemberNotActive(Forbidden):
    code = "exchange.member-not-active"
    message = N_(
        "{member} takes no part in the exchange now. Ask the operator of the exchange why."
    )


class NoKeyOfOurs(Unavailable):
    code = "exchange.no-key-of-ours"
    message = N_(
        "This portal has no valid key of {member} to sign with. "
        "Let the operator run: motcua exchange key new {member}"
    )


@dataclass(frozen=True, slots=True)
class KnownKey:
    """
    A member's key with all that decides whether it is believed.

    ``sure_until`` is for how long what is known of its authority's revocations is good enough.
    """

    kid: str
    member: str
    state: MemberState
    public: Ed25519PublicKey
    valid_from: datetime
    valid_until: datetime
    retires_at: datetime | None
    revoked_at: datetime | None
    sure_until: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """Return when it no longer holds, if nobody revokes it."""
        return min(self.valid_until, self.retires_at or self.valid_until)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of a member that this portal speaks for."""

    kid: str
    member: str
    private: Ed25519PrivateKey


def check_believed(key: KnownKey, *, at: datetime) -> None:
    """
    Check that what a key signed is believed when it arrives, or was written down, at ``at``.

    :raises MemberNotActive: if its member takes no part now
    :raises RevokedKey: if it was revoked before
    :raises ExpiredKey: if it did not hold yet or no longer
    :raises RevocationsUnknown: if its outside authority's list is too old
    """
    if key.state is not MemberState.ACTIVE:
        raise MemberNotActive(member=key.member)
    check_held(key, at=at)
    if key.sure_until is not None and key.sure_until <= at:
        raise RevocationsUnknown(kid=key.kid, moment=_second(key.sure_until))


def check_held(key: KnownKey, *, at: datetime) -> None:
    """
    Check that a key held at a moment, whatever its member is now.

    :raises RevokedKey: if it was revoked before
    :raises ExpiredKey: if it did not hold yet or no longer
    """
    if key.revoked_at is not None and key.revoked_at <= at:
        raise RevokedKey(kid=key.kid, moment=_second(key.revoked_at))
    if not key.valid_from <= at < key.ends_at:
        raise ExpiredKey(kid=key.kid, since=_second(key.valid_from), until=_second(key.ends_at))


def _second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
