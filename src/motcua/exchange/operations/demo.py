"""Members to try the exchange with, and agreements between them, granted by their officials."""

from datetime import datetime, timedelta
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

__all__ = ["DEMO_MEMBERS", "agreed", "seed_members"]

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
    asker = _officials(member_known(consumer).agency, Role.ADMINISTRATOR, at=at)[0]
    asked = Asked(
        *(consumer, provider, service, purposes, at, at + LASTS),
        reason="Giải quyết thủ tục hành chính mà không yêu cầu nộp lại giấy tờ đã có trong dữ liệu",
        legal_basis="Nghị định 278/2025/NĐ-CP",
        per_day=per_day,
        per_minute=per_minute,
    )
    agreement = ask_for_agreement(asked, by=asker, at=at)
    owner = Agreement.objects.values_list("service__owner", flat=True).get(pk=agreement)
    deciders = _officials(owner, Role.LEADER, Role.ADMINISTRATOR, at=at)
    first, second, *_ = [each for each in deciders if each.id != asker.id]
    take_step(agreement, Step.GRANT, by=first, at=at)
    take_step(agreement, Step.GRANT, by=second, at=at)
    return agreement


def _officials(agency: str, *roles: Role, at: datetime) -> list[Actor]:
    posts: list[PostHeld] = []
    for role in roles:
        posts.extend(holders(agency, role, at=at))
    if len({post.holder for post in posts}) < len(roles):
        raise LookupError(f"{agency} has no {' and '.join(roles)}")
    return [Actor(post.holder, post.holder_name, agency, frozenset({post.role})) for post in posts]
