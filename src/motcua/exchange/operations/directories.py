"""Take in what other portals tell of members and services."""

import re
from datetime import datetime
from typing import Any

import structlog

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.events import MemberMoved
from motcua.exchange.models import Certificate, Member, Peer, Service
from motcua.exchange.operations.members import is_address
from motcua.exchange.operations.services import is_service_code
from motcua.exchange.operations.sharing import merge_agreement
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.directory import is_elsewhere
from motcua.exchange.queries.keys import forget_keys
from motcua.exchange.queries.members import forget_members, may_be_inside, own_members
from motcua.exchange.rules.certificates import trusted
from motcua.exchange.rules.directory import Certified, Directory, Known, Offered, read_directory
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.folding import tidy
from motcua.kernel.reach import is_near

__all__ = ["learn_keys", "merge_directory", "merge_member"]

log = structlog.get_logger("motcua.exchange")

_ID = re.compile(r"000\.00\.00\.[A-Z]\d{2}", re.ASCII)


@one_transaction
def merge_directory(told: Directory, peer: str, *, by: Actor, at: datetime) -> None:
    """
    Take in what a peer's portal told us; the same again changes nothing.

    A hub speaks for every member, its own decisions included; any other portal for itself only.
    What cannot be believed is left out and noted, not the whole.
    """
    row = Peer.objects.select_for_update().get(member=peer)
    heard = [each for each in told.members if _ID.fullmatch(each.id)]
    heard = [each for each in heard if row.hub or each.id == peer]
    for member in heard:
        merge_member(member, by=by, at=at)
    theirs = {each.id for each in heard if is_elsewhere(each.id)}
    offered = [each for each in told.services if each.provider in theirs and _is_offer(each)]
    for service in offered:
        _merge_service(service, at=at)
    _close_others(offered, theirs, at=at)
    for agreement in told.agreements:
        try:
            merge_agreement(agreement, peer, by=by, at=at)
        except Refusal as refusal:
            log.warning("agreement not taken", id=agreement.id, why=refusal.code)
    row.read_at = at
    row.save(update_fields=["read_at"])
    forget_agreements()


def merge_member(known: Known, *, by: Actor, at: datetime) -> None:
    """Write down a member as its hub, or it itself, says that it is."""
    row = Member.objects.select_for_update(no_key=True).filter(pk=known.id).first()
    before = row.state if row else ""
    if row is None:
        row = Member(pk=known.id, agency=known.id, invited_at=at, invited_by=by.id)
    row.title, row.title_en = tidy(known.title)[:200], tidy(known.title_en)[:200]
    if known.id not in own_members():
        row.address = _believable(known)
    row.state, row.since = known.state, known.since
    row.save()
    if before != row.state:
        moved = MemberMoved(subject=row.id, before=before, after=row.state, reason="")
        announce(moved, by=by, at=at)
    for certificate in known.certificates:
        _merge_certificate(row, certificate, by=by, at=at)
    forget_members()
    forget_keys()


@one_transaction
def learn_keys(peer: str, published: bytes, *, by: Actor, at: datetime) -> None:
    """
    Learn the certificates that a peer's portal publishes of itself, unsigned, and nothing else.

    A certificate proves itself: an authority that is believed here has issued it to this member.
    """
    try:
        members = read_directory(published).members
    except Invalid:
        return
    row = Member.objects.get(pk=peer)
    for certificate in (each for one in members if one.id == peer for each in one.certificates):
        if not Certificate.objects.filter(pk=certificate.kid).exists():
            _merge_certificate(row, Certified(certificate.kid, certificate.pem), by=by, at=at)
    forget_keys()


def _merge_certificate(row: Member, told: Certified, *, by: Actor, at: datetime) -> None:
    try:
        known = trusted(told.pem, row.id, anchors=anchors(), at=at)
    except Invalid as refusal:
        log.warning("certificate not believed", member=row.id, why=refusal.code)
        return
    facts: dict[str, Any] = {
        "retires_at": told.retires_at,
        "revoked_at": told.revoked_at,
        "revoked_reason": told.revoked_reason,
    }
    new = {
        "member": row,
        "pem": known.pem,
        "serial": known.serial,
        "issuer": known.issuer,
        "valid_from": known.valid_from,
        "valid_until": known.valid_until,
        "made_at": at,
        "made_by": by.id,
    }
    found, made = Certificate.objects.get_or_create(kid=known.kid, defaults={**new, **facts})
    if not made and found.member_id == row.id and found.revoked_at is None:
        Certificate.objects.filter(pk=found.pk).update(**facts)


def _believable(known: Known) -> str:
    """Return where a member says that it answers; nothing where this portal would not call."""
    address = known.address.rstrip("/")
    near = is_near(address) and not may_be_inside(known.id)
    if near or not is_address(address):
        log.warning("address not believed", member=known.id, address=address[:80])
        return ""
    return address


def _is_offer(told: Offered) -> bool:
    """Tell whether a service can be shown and called: its code is one, its description too."""
    paths = told.openapi.get("paths", {})
    shaped = isinstance(paths, dict) and all(isinstance(each, dict) for each in paths.values())
    right = shaped and is_service_code(told.code)
    if not right:
        log.warning("service not taken", member=told.provider, code=told.code[:40])
    return right


def _merge_service(told: Offered, *, at: datetime) -> None:
    facts = {
        "title": tidy(told.title)[:200],
        "title_en": tidy(told.title_en)[:200],
        "owner": tidy(told.owner)[:20],
        "openapi": told.openapi,
        "closed_at": None,
        "closed_reason": "",
    }
    found, made = Service.objects.get_or_create(
        provider_id=told.provider,
        code=told.code[:40],
        defaults={**facts, "opened_at": at, "changed_at": at},
    )
    if not made and any(getattr(found, name) != value for name, value in facts.items()):
        Service.objects.filter(pk=found.pk).update(**facts, changed_at=at)


def _close_others(offered: list[Offered], providers: set[str], *, at: datetime) -> None:
    """Close what these members no longer offer."""
    there = {(each.provider, each.code) for each in offered}
    open_ = Service.objects.filter(provider__in=providers, closed_at__isnull=True)
    gone = [row.pk for row in open_.defer("openapi") if (row.provider_id, row.code) not in there]
    Service.objects.filter(pk__in=gone).update(closed_at=at)
