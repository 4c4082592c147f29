"""Who takes part in the exchange."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, Subquery

from motcua.backbone.remembered import Remembered
from motcua.exchange.models import Certificate
from motcua.exchange.models import Member as MemberRow
from motcua.exchange.rules.states import MemberState
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.text import N_

__all__ = [
    "Member",
    "MemberState",
    "NoSuchMember",
    "forget_members",
    "kept_logs",
    "keys_to_renew",
    "may_be_inside",
    "member",
    "member_known",
    "members",
    "members_listed",
    "own_members",
]


class NoSuchMember(NotFound):
    code = "exchange.no-such-member"
    message = N_("The exchange has no member {member}. Check the id, or choose from the list.")


@dataclass(frozen=True, slots=True)
class Member:
    """
    A member; ``agency`` is where its officials work, ``address`` the base of its gateway's URLs.

    ``ours`` tells that this portal speaks for it. ``reason`` tells why it has its ``state``.
    """

    id: str
    title: str
    title_en: str
    agency: str
    address: str
    state: MemberState
    reason: str
    since: datetime
    ours: bool


_known: "Remembered[str, Member]" = Remembered(seconds=5)


@public
def members() -> tuple[Member, ...]:
    """Return every member, also those who left, in the order of their ids; one statement."""
    return tuple(_value(row) for row in MemberRow.objects.order_by("id"))


def member(id: str, *, by: Actor) -> Member:  # noqa: A002, ARG001
    """
    Return a member; who takes part in the exchange is no secret.

    :raises NoSuchMember: if there is none
    """
    row = MemberRow.objects.filter(pk=id).first()
    if row is None:
        raise NoSuchMember(member=id)
    return _value(row)


@public
def members_listed(*, at: datetime) -> tuple[tuple[Member, datetime | None], ...]:
    """Return every member with when its last key ends, nothing where none holds; one statement."""
    holding = Certificate.objects.holding(at).filter(member=OuterRef("pk"), retires_at=None)
    last = holding.order_by("-valid_until").values("valid_until")[:1]
    rows = MemberRow.objects.annotate(ends=Subquery(last)).order_by("id")
    return tuple((_value(row), row.ends) for row in rows)


def keys_to_renew(*, by: Actor, at: datetime) -> tuple[tuple[Member, datetime | None], ...]:
    """Return the active members of the actor's agency whose last key ends within 60 days."""
    soon = at + timedelta(days=60)
    return tuple(
        (known, ends)
        for known, ends in members_listed(at=at)
        if known.agency == by.agency
        and known.state is MemberState.ACTIVE
        and (ends is None or ends <= soon)
    )


@for_rooms
def member_known(id: str) -> Member:  # noqa: A002
    """
    Return a member as it was at most five seconds ago: for the gateway.

    :raises NoSuchMember: if there is none
    """
    found = _known.get(id, lambda: _read(id))
    if found is None:
        raise NoSuchMember(member=id)
    return found


@for_rooms
def own_members() -> tuple[str, ...]:
    """Return the ids this portal speaks for, the one that runs it first."""
    return tuple(settings.EXCHANGE_MEMBERS)


@for_rooms
def kept_logs() -> tuple[str, ...]:
    """Return the members whose logs are here: our own, and owners of registers kept here."""
    return tuple(dict.fromkeys((*settings.EXCHANGE_MEMBERS, *settings.EXCHANGE_LOGS)))


@for_rooms
def may_be_inside(member: str) -> bool:
    """Tell whether a member may be called on a private network: ours may, others if so set."""
    return settings.EXCHANGE_PRIVATE_ADDRESSES or member in settings.EXCHANGE_MEMBERS


@for_rooms
def titles_of(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the Vietnamese and English titles of members by their ids; one statement."""
    rows = MemberRow.objects.filter(pk__in=ids).values_list("id", "title", "title_en")
    return {id_: (title, title_en) for id_, title, title_en in rows}


@for_rooms
def forget_members() -> None:
    """Ask again who they are: this process has changed one."""
    _known.forget()


def _read(id_: str) -> Member | None:
    row = MemberRow.objects.filter(pk=id_).first()
    return None if row is None else _value(row)


def _value(row: MemberRow) -> Member:
    return Member(
        row.id,
        row.title,
        row.title_en,
        row.agency,
        row.address,
        MemberState(row.state),
        row.reason,
        row.since,
        row.id in settings.EXCHANGE_MEMBERS,
    )
