"""What the exchange publishes about trust: anchors, members' certificates, what was revoked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from motcua.exchange.adapters.keyfiles import anchors, authority, member_key
from motcua.exchange.models import Certificate
from motcua.exchange.queries.members import Member, members
from motcua.exchange.rules.authority import REASONS, Revoked, revocation_list
from motcua.exchange.rules.certificates import fingerprint
from motcua.exchange.rules.states import MemberState
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_

__all__ = [
    "REASONS",
    "Anchor",
    "Key",
    "NoListHere",
    "NoSuchKey",
    "anchors_listed",
    "anchors_pem",
    "key",
    "keys_of",
    "members_document",
    "revoked",
]

HOLDS, RETIRES, EXPIRED, REVOKED, NOT_YET = "holds", "retires", "expired", "revoked", "not-yet"


class NoListHere(NotFound):
    code = "exchange.no-list-here"
    message = N_(
        "This portal issues no certificates. Ask the authority named in them for its list."
    )


class NoSuchKey(NotFound):
    code = "exchange.no-such-key"
    message = N_("There is no such key. Open the member's page and choose one of its keys.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """An authority that is believed; ``ours`` tells that this portal issues by it."""

    name: str
    fingerprint: str
    until: datetime
    ours: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A member's key; ``here`` tells whether this portal has its private half and can sign."""

    kid: str
    member: str
    serial: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    retires_at: datetime | None
    revoked_at: datetime | None
    revoked_reason: str
    revoked_note: str
    pem: str
    here: bool

    @property
    def ends_at(self) -> datetime:
        """Return when it no longer holds, or when it was revoked."""
        return self.revoked_at or min(self.valid_until, self.retires_at or self.valid_until)

    def standing(self, at: datetime) -> str:
        """Return ``holds``, ``retires``, ``expired``, ``revoked`` or ``not-yet``."""
        if self.revoked_at is not None:
            return REVOKED
        if at >= self.ends_at:
            return EXPIRED
        if at < self.valid_from:
            return NOT_YET
        return RETIRES if self.retires_at is not None else HOLDS

    def ends_soon(self, at: datetime) -> bool:
        """Tell whether it signs and ends within 60 days."""
        return self.standing(at) == HOLDS and self.ends_at <= at + timedelta(days=60)


@public
def anchors_pem() -> str:
    """Return the certificates of all trust anchors, in PEM form."""
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in anchors())


def keys_of(member: str, *, by: Actor) -> tuple[Key, ...]:  # noqa: ARG001
    """Return a member's keys, the newest first; certificates are no secret. One statement."""
    rows = Certificate.objects.filter(member=member).order_by("-valid_from", "-made_at")
    return tuple(_key(row) for row in rows)


def key(kid: str, *, by: Actor) -> Key:  # noqa: ARG001
    """
    Return a key by its name; certificates are no secret.

    :raises NoSuchKey: if there is none
    """
    row = Certificate.objects.filter(pk=kid).first()
    if row is None:
        raise NoSuchKey
    return _key(row)


@public
def anchors_listed() -> tuple[Anchor, ...]:
    """Return the authorities that are believed, our own first."""
    ours = authority()
    return tuple(
        Anchor(
            each.subject.rfc4514_string(),
            fingerprint(each),
            each.not_valid_after_utc,
            ours is not None and each == ours.certificate,
        )
        for each in anchors()
    )


@public
def revoked(*, at: datetime) -> bytes:
    """
    Return the signed list (CRL, DER) of what our own authority has revoked.

    :raises NoListHere: if this portal has no authority of its own
    """
    ours = authority()
    if ours is None:
        raise NoListHere
    rows = Certificate.objects.filter(
        issuer=fingerprint(ours.certificate), revoked_at__isnull=False
    )
    known = (
        Revoked(row.serial, row.revoked_at, row.revoked_reason)
        for row in rows.order_by("serial")
        if row.revoked_at
    )
    return revocation_list(ours, known, at=at)


@public
def members_document() -> list[dict[str, Any]]:
    """Return every member with its state and certificates, for other exchanges; two statements."""
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in Certificate.objects.order_by("member", "-valid_from"):
        held[row.member_id].append(_published(row))
    return [_member(each, held[each.id]) for each in members()]


def _member(member: Member, certificates: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": member.id,
        "title": member.title,
        "title_en": member.title_en,
        "address": member.address,
        "state": MemberState(member.state).value,
        "since": member.since.isoformat(),
        "certificates": certificates,
    }


def _published(row: Certificate) -> dict[str, Any]:
    return {
        "kid": row.kid,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "retires_at": row.retires_at.isoformat() if row.retires_at else None,
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
        "revoked_reason": row.revoked_reason,
        "pem": row.pem,
    }


def _key(row: Certificate) -> Key:
    return Key(
        row.kid,
        row.member_id,
        row.serial,
        row.issuer,
        row.valid_from,
        row.valid_until,
        row.retires_at,
        row.revoked_at,
        row.revoked_reason,
        row.revoked_note,
        row.pem,
        member_key(row.member_id, row.kid) is not None,
    )
