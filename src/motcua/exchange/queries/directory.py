"""What this portal tells others of members, services and agreements."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from motcua.exchange.adapters.keyfiles import member_key
from motcua.exchange.models import Agreement, Certificate, Member, Peer, Service
from motcua.exchange.rules.directory import Certified, Directory, Known, Offered, Told
from motcua.exchange.rules.states import MemberState, Standing
from motcua.kernel.scope import for_rooms

__all__ = [
    "agreement_told",
    "directory_for",
    "is_elsewhere",
    "kept_elsewhere",
    "known_member",
    "peers",
]


@for_rooms
def directory_for(peer: str) -> Directory:
    """Return the members, services on offer, and the peer's own agreements; four statements."""
    held: dict[str, list[Certified]] = defaultdict(list)
    for row in Certificate.objects.order_by("member", "-valid_from"):
        held[row.member_id].append(_certified(row))
    members = [_known(row, held[row.id]) for row in Member.objects.order_by("id")]
    open_ = Service.objects.filter(closed_at__isnull=True).order_by("provider", "code")
    theirs = Agreement.objects.filter(Q(consumer=peer) | Q(service__provider=peer))
    agreements = theirs.select_related("service").defer("service__openapi").order_by("id")
    return Directory(members, [_offered(row) for row in open_], [_told(row) for row in agreements])


@for_rooms
def known_member(id: str) -> Known:  # noqa: A002
    """Return one member with its certificates."""
    rows = Certificate.objects.filter(member=id).order_by("-valid_from")
    return _known(Member.objects.get(pk=id), [_certified(row) for row in rows])


@for_rooms
def agreement_told(id: uuid.UUID) -> Told:  # noqa: A002
    """Return one agreement as another portal is told of it."""
    return _told(Agreement.objects.select_related("service").get(pk=id))


@for_rooms
def is_elsewhere(member: str) -> bool:
    """Tell whether a member's keys are at another portal, which keeps its own records."""
    kids = Certificate.objects.filter(member=member).values_list("kid", flat=True)
    return not any(member_key(member, kid) for kid in kids)


@for_rooms
def kept_elsewhere(members: Collection[str]) -> frozenset[str]:
    """Return those whose keys are at another portal; one statement."""
    rows = Certificate.objects.filter(member__in=members).values_list("member_id", "kid")
    here = {member for member, kid in rows if member_key(member, kid)}
    return frozenset(members) - here


@for_rooms
def peers() -> tuple[tuple[str, bool], ...]:
    """Return the members whose portals' directories are read, and whether each is a hub."""
    return tuple(Peer.objects.order_by("member").values_list("member_id", "hub"))


def _certified(row: Certificate) -> Certified:
    return Certified(row.kid, row.pem, row.retires_at, row.revoked_at, row.revoked_reason)


def _known(row: Member, certificates: list[Certified]) -> Known:
    state = MemberState(row.state)
    return Known(row.id, row.title, state, row.since, row.title_en, row.address, certificates)


def _offered(row: Service) -> Offered:
    return Offered(row.provider_id, row.code, row.title, row.title_en, row.owner, row.openapi)


def _told(row: Agreement) -> Told:
    return Told(
        id=str(row.id),
        consumer=row.consumer_id,
        provider=row.service.provider_id,
        service=row.service.code,
        purposes=row.purposes,
        standing=Standing(row.standing),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        reason=row.reason,
        legal_basis=row.legal_basis,
        asked_by=row.asked_by,
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        per_day=row.per_day,
        per_minute=row.per_minute,
        first_by=row.first_by,
        first_by_name=row.first_by_name,
        first_at=row.first_at,
        second_by=row.second_by,
        second_by_name=row.second_by_name,
        second_at=row.second_at,
        told=row.told,
        ended_at=row.ended_at,
        renews=str(row.renews_id or ""),
    )
