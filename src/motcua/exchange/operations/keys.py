"""Members' keys: made, certified, replaced in time, revoked."""

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import (
    anchors,
    authority,
    folder,
    keep_authority,
    keep_private,
)
from motcua.exchange.events import KeyCertified, KeyRetired, KeyRevoked
from motcua.exchange.models import Certificate, Member
from motcua.exchange.operations.members import (
    check_administers,
    locked_member,
    operator_agency,
    set_state,
)
from motcua.exchange.queries.keys import UnknownKey, forget_keys
from motcua.exchange.queries.revocations import revocation_of
from motcua.exchange.rules.access import check_may_run
from motcua.exchange.rules.authority import (
    KEY_LASTS,
    REASONS,
    Authority,
    certify,
    key_in,
    new_root,
    request_for,
)
from motcua.exchange.rules.certificates import check_in_time, fingerprint, kid_of, load, trusted
from motcua.exchange.rules.revocations import RevokedThere
from motcua.exchange.rules.states import MemberState
from motcua.exchange.rules.statuses import responders_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, Unavailable
from motcua.kernel.text import N_

__all__ = [
    "OVERLAP",
    "AlreadyRevoked",
    "KeyInUse",
    "NoAuthority",
    "WrongReason",
    "ask_for_certificate",
    "certify_request",
    "import_certificate",
    "make_authority",
    "new_key",
    "revoke_key",
]

OVERLAP = timedelta(days=7)
"""How long an old key still holds after a new one signs, unless said otherwise."""


class NoAuthority(Unavailable):
    code = "exchange.no-authority"
    message = N_(
        "This portal has no certificate authority of its own. Ask for a certificate with: "
        "motcua exchange key request {member}, or make an authority with: motcua exchange ca new"
    )


class KeyInUse(Conflict):
    code = "exchange.key-in-use"
    message = N_("This key has a certificate already. Make a new key: keys are not used twice.")


class AlreadyRevoked(Conflict):
    code = "exchange.already-revoked"
    message = N_("This key was revoked already. Nothing was changed.")


class WrongReason(Invalid):
    code = "exchange.wrong-reason"
    message = N_("Choose a reason from the list.")


def make_authority(name: str, *, by: Actor, at: datetime) -> str:
    """
    Make this portal's own certificate authority, once; return its fingerprint (SHA-256).

    :raises NotTheOperator: if the actor does not run the exchange
    """
    check_may_run(operator_agency(), by=by)
    return fingerprint((authority() or keep_authority(new_root(name, at=at))).certificate)


@one_transaction
def new_key(
    member: str,
    *,
    by: Actor,
    at: datetime,
    lasts: timedelta = KEY_LASTS,
    retire: timedelta = OVERLAP,
) -> str:
    """
    Make a key for a member of ours, have our own authority certify it, and sign with it from now.

    Older keys still hold for ``retire``. Return how the new one is named.

    :raises NoSuchMember: if there is no such member
    :raises NotYourMember: if the actor does not administer it
    :raises NoAuthority: if this portal has no authority of its own
    """
    row = locked_member(member)
    check_administers(row, by=by)
    issuer = _authority(member)
    kid, private = _new_pair(member)
    pem = certify(issuer, member, private.public_key(), organization=row.title, at=at, lasts=lasts)
    _accept(row, pem, by=by, at=at)
    _retire_others(member, kid, at + retire, by=by, at=at)
    return kid


def ask_for_certificate(member: str, *, by: Actor) -> tuple[str, str]:
    """
    Make a key for a member of ours and return its name and the request for an outside authority.

    It signs nothing until its certificate is imported.

    :raises NoSuchMember: if there is no such member
    :raises NotYourMember: if the actor does not administer it
    """
    with transaction.atomic():
        row = locked_member(member)
        check_administers(row, by=by)
    kid, private = _new_pair(member)
    return kid, request_for(member, private, organization=row.title)


@one_transaction
def certify_request(member: str, request: str, *, by: Actor, at: datetime) -> str:
    """
    Certify, as our own authority, the key in a member's request; return the certificate (PEM).

    The same request again returns the same certificate.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises NoSuchMember: if there is no such member
    :raises NoAuthority: if this portal has no authority of its own
    :raises NotARequest: if it cannot be read, or its signature is wrong
    :raises RequestOfAnother: if it names somebody else
    :raises RequestOfWrongKind: if the key is not Ed25519
    :raises KeyInUse: if the key is another member's
    """
    check_may_run(operator_agency(), by=by)
    row = locked_member(member)
    public = key_in(request, member)
    known = Certificate.objects.filter(pk=kid_of(public)).first()
    if known is not None:
        if known.member_id != member or known.revoked_at is not None:
            raise KeyInUse
        return known.pem
    pem = certify(_authority(member), member, public, organization=row.title, at=at)
    _accept(row, pem, by=by, at=at)
    _retire_others(member, kid_of(public), at + OVERLAP, by=by, at=at)
    return pem


@one_transaction
def import_certificate(
    member: str, pem: str, *, by: Actor, at: datetime, retire: timedelta = OVERLAP
) -> str:
    """
    Take in a member's certificate that a trust anchor has issued; return the key's name.

    :raises NoSuchMember: if there is no such member
    :raises NotYourMember: if the actor does not administer it
    :raises NotACertificate: if it is none
    :raises SelfSigned: if its own key has signed it
    :raises UntrustedIssuer: if no anchor has issued it
    :raises CertificateOfAnother: if it names somebody else
    :raises WrongKind: if it is not for signing messages
    :raises OutOfTime: if it does not hold now
    :raises RevokedThere: if its authority has revoked it, as far as is known here
    :raises KeyInUse: if its key has a certificate already
    """
    row = locked_member(member)
    check_administers(row, by=by)
    kid = _accept(row, pem, by=by, at=at)
    _retire_others(member, kid, at + retire, by=by, at=at)
    return kid


@one_transaction
def revoke_key(kid: str, reason: str, *, note: str = "", by: Actor, at: datetime) -> None:
    """
    Refuse from now on what a key signs; ``reason`` is one of ``REASONS`` (RFC 5280).

    :raises UnknownKey: if there is no such key
    :raises NotYourMember: if the actor does not administer its member
    :raises WrongReason: if the reason is not in the list
    :raises AlreadyRevoked: if it was revoked before
    """
    row = Certificate.objects.select_related("member").select_for_update(of=("self",))
    found = row.filter(pk=kid).first()
    if found is None:
        raise UnknownKey(kid=kid[:40])
    check_administers(found.member, by=by)
    if reason not in REASONS:
        raise WrongReason(problems=[{"at": "reason", "message": WrongReason.message}])
    if found.revoked_at is not None:
        raise AlreadyRevoked
    found.revoked_at, found.revoked_reason, found.revoked_note = at, reason, note.strip()[:500]
    found.save(update_fields=["revoked_at", "revoked_reason", "revoked_note"])
    announce(KeyRevoked(subject=found.member_id, kid=kid, reason=reason), by=by, at=at)
    forget_keys()


def _authority(member: str) -> Authority:
    found = authority()
    if found is None:
        raise NoAuthority(member=member)
    return found


def _new_pair(member: str) -> tuple[str, Ed25519PrivateKey]:
    private = Ed25519PrivateKey.generate()
    kid = kid_of(private.public_key())
    keep_private(folder(member) / f"{kid}.key", private)
    return kid, private


def _accept(row: Member, pem: str, *, by: Actor, at: datetime) -> str:
    known = trusted(pem, row.id, anchors=anchors(), at=at)
    check_in_time(known, at=at)
    if (revoked := revocation_of(known, at=at)) is not None:
        raise RevokedThere(day=f"{revoked.at:%Y-%m-%d}")
    if Certificate.objects.filter(pk=known.kid).exists():
        raise KeyInUse
    made = Certificate(kid=known.kid, member=row, pem=known.pem, made_at=at, made_by=by.id)
    made.serial, made.issuer = known.serial, known.issuer
    made.valid_from, made.valid_until = known.valid_from, known.valid_until
    made.save(force_insert=True)
    announce(
        KeyCertified(
            subject=row.id,
            kid=known.kid,
            valid_from=known.valid_from.isoformat(),
            valid_until=known.valid_until.isoformat(),
        ),
        by=by,
        at=at,
    )
    if row.state == MemberState.INVITED:
        set_state(row, MemberState.ACTIVE, reason="", by=by, at=at)
    if responders_in(load(known.pem)):
        jobs.configure_task("exchange.read-status").defer(kid=known.kid)
    forget_keys()
    return known.kid


def _retire_others(member: str, kid: str, retires_at: datetime, *, by: Actor, at: datetime) -> None:
    """Let older keys end at ``retires_at``, so that messages under way still arrive."""
    others = Certificate.objects.holding(at).filter(member=member, retires_at__isnull=True)
    for row in others.exclude(pk=kid):
        row.retires_at = retires_at
        row.save(update_fields=["retires_at"])
        retired = KeyRetired(subject=member, kid=row.kid, retires_at=retires_at.isoformat())
        announce(retired, by=by, at=at)
