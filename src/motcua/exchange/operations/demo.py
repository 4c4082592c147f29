"""Members to try the exchange with, and agreements between them, granted by their officials."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.agencies.queries.posts import PostHeld, holders
from motcua.backbone.transactions import one_transaction
from motcua.exchange.models import Agreement, Certificate, Member
from motcua.exchange.operations.agreements import Step, ask_for_agreement, take_step
from motcua.exchange.operations.keys import make_authority, new_key
from motcua.exchange.operations.members import NewMember, invite_member
from motcua.exchange.queries.agreements import Standing
from motcua.exchange.queries.members import member_known
from motcua.exchange.rules.terms import Asked
from motcua.kernel.actors import Actor, Role

__all__ = [
    "DEMO_MEMBERS",
    "agreed",
    "ask_elsewhere",
    "grant_what_is_asked",
    "is_in_force",
    "seed_members",
]

DEMO_MEMBERS = (
    NewMember("000.00.00.H26", "Ủy ban nhân dân thành phố Hà Nội", "Ha Noi People's Committee"),
    NewMember("000.00.00.G01", "Bộ Công an", "Ministry of Public Security", "G01"),
    NewMember(
        "000.00.00.G10",
        "Bộ Nông nghiệp và Môi trường",
        "Ministry of Agriculture and Environment",
        "G10",
    ),
    NewMember("000.00.00.G12", "Bộ Tài chính", "Ministry of Finance", "G12"),
)
"""Hà Nội and the ministries that keep the national registers, all spoken for by one portal."""

LASTS = timedelta(days=365)


def seed_members(
    members: tuple[NewMember, ...] = DEMO_MEMBERS, *, address: str, by: Actor, at: datetime
) -> None:
    """
    Make an authority, members and a key for each; again, it does only what is missing.

    :param address: base URL of the portal that answers for those who name none
    """
    make_authority(members[0].id, by=by, at=at)
    for new in members:
        if not Member.objects.filter(pk=new.id).exists():
            facts = (new.id, new.title, new.title_en, new.agency, new.address or address)
            invite_member(NewMember(*facts), by=by, at=at)
        if not Certificate.objects.holding(at).filter(member=new.id).exists():
            new_key(new.id, by=by, at=at)


@one_transaction
def agreed(
    consumer: str,
    provider: str,
    service: str,
    *purposes: str,
    per_day: int | None = None,
    per_minute: int | None = None,
    at: datetime,
) -> UUID:
    """
    Return an agreement in force for a year between two members whose officials hold posts here.

    It is asked for and granted by these officials, as everybody's is; one that is there stays.

    :raises LookupError: if the consumer has no administrator or the data's owner no two officials
    """
    rows = Agreement.objects.filter(consumer=consumer, service__code=service)
    there = rows.filter(
        service__provider=provider,
        standing=Standing.IN_FORCE,
        valid_until__gt=at,
        purposes__contains=list(purposes),
    ).first()
    if there is not None:
        return there.id
    limits: dict[str, Any] = {"per_day": per_day, "per_minute": per_minute}
    agreement = _ask(consumer, provider, service, purposes, limits, at=at)
    _grant(Agreement.objects.select_related("service").get(pk=agreement), at=at)
    return agreement


def ask_elsewhere(consumer: str, provider: str, service: str, *purposes: str, at: datetime) -> None:
    """
    Ask the portal of another member for an agreement, in our administrator's name, once.

    :raises NoSuchService: if we do not know that service of it yet
    """
    rows = Agreement.objects.filter(consumer=consumer, service__provider=provider)
    open_ = (Standing.ASKED, Standing.SECONDED, Standing.IN_FORCE)
    if not rows.filter(service__code=service, standing__in=open_).exists():
        _ask(consumer, provider, service, purposes, {}, at=at)


def grant_what_is_asked(provider: str, *, at: datetime) -> None:
    """Grant all that members ask of one of ours, in the names of two of its officials."""
    asked = (Standing.ASKED, Standing.SECONDED)
    rows = Agreement.objects.filter(service__provider=provider, standing__in=asked)
    for row in rows.select_related("service"):
        _grant(row, at=at)


def is_in_force(consumer: str, provider: str, service: str) -> bool:
    """Tell whether an agreement is in force, as far as it is known here."""
    rows = Agreement.objects.filter(consumer=consumer, service__provider=provider)
    return rows.filter(service__code=service, standing=Standing.IN_FORCE).exists()


def _ask(
    consumer: str,
    provider: str,
    service: str,
    purposes: Sequence[str],
    limits: Mapping[str, Any],
    *,
    at: datetime,
) -> UUID:
    asker = _officials(member_known(consumer).agency, Role.ADMINISTRATOR, at=at)[0]
    asked = Asked(
        *(consumer, provider, service, tuple(purposes), at, at + LASTS),
        reason="Giải quyết thủ tục hành chính mà không yêu cầu nộp lại giấy tờ đã có trong dữ liệu",
        legal_basis="Nghị định 278/2025/NĐ-CP",
        **limits,
    )
    return ask_for_agreement(asked, by=asker, at=at)


def _grant(row: Agreement, *, at: datetime) -> None:
    deciders = _officials(row.service.owner, Role.LEADER, Role.ADMINISTRATOR, at=at)
    first, second, *_ = [each for each in deciders if each.id != row.asked_by]
    take_step(row.id, Step.GRANT, by=first, at=at)
    take_step(row.id, Step.GRANT, by=second, at=at)


def _officials(agency: str, *roles: Role, at: datetime) -> list[Actor]:
    posts: list[PostHeld] = []
    for role in roles:
        posts.extend(holders(agency, role, at=at))
    if len({post.holder for post in posts}) < len(roles):
        raise LookupError(f"{agency} has no {' and '.join(roles)}")
    return [Actor(post.holder, post.holder_name, agency, frozenset({post.role})) for post in posts]
