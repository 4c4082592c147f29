"""Let agencies take part in the exchange, or no longer."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import MemberInvited, MemberMoved
from motcua.exchange.models import Member
from motcua.exchange.queries.keys import forget_keys
from motcua.exchange.queries.members import NoSuchMember, forget_members, may_be_inside
from motcua.exchange.rules.access import check_may_administer, check_may_run
from motcua.exchange.rules.states import MemberState, check_move
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.reach import is_near, is_never_called, literal_in
from motcua.kernel.text import N_

__all__ = [
    "AlreadyMember",
    "NewMember",
    "NoReason",
    "WrongMember",
    "change_member",
    "invite_member",
    "move_member",
]

_ID = re.compile(r"000\.00\.00\.[A-Z]\d{2}", re.ASCII)
_ADDRESS = re.compile(r"(https?://[^\s/?#@]+(/[^\s?#]*)?)?")
WRONG_ID = N_("Write the id of a ministry or province, such as 000.00.00.H26.")
WRONG_TITLE = N_("Write the agency's full name.")
WRONG_ADDRESS = N_("Write where its portal answers, such as https://dichvucong.gov.vn, or nothing.")
PRIVATE_ADDRESS = N_(
    "This address is of a private network. The portal calls such members only where it is set so "
    "(EXCHANGE_PRIVATE_ADDRESSES=1)."
)
REASON_NEEDED = N_("Write the reason: the other side reads it.")


class WrongMember(Invalid):
    code = "exchange.wrong-member"
    message = N_("Some facts about this member are not right. Correct them and send them again.")


class AlreadyMember(Conflict):
    code = "exchange.already-member"
    message = N_("{member} is a member already. Open its page to change it.")


class NoReason(Invalid):
    code = "exchange.no-reason"
    message = REASON_NEEDED


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member to invite; ``agency`` is where its officials work, its own id where empty."""

    id: str
    title: str
    title_en: str = ""
    agency: str = ""
    address: str = ""


@one_transaction
def invite_member(new: NewMember, *, by: Actor, at: datetime) -> str:
    """
    Let an agency join; its first certificate makes it active. Return its id.

    Who left may be invited again.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises WrongMember: if the id, the title or the address is not right
    :raises AlreadyMember: if it takes part already
    """
    check_may_run(operator_agency(), by=by)
    _check(new)
    row = Member.objects.select_for_update(no_key=True).filter(pk=new.id).first()
    if row is not None and row.state != MemberState.ENDED:
        raise AlreadyMember(member=new.id)
    row = row or Member(pk=new.id)
    _write_facts(row, new)
    row.state, row.reason, row.since = MemberState.INVITED, "", at
    row.invited_at, row.invited_by = at, by.id
    row.save()
    announce(MemberInvited(subject=new.id, title=new.title), by=by, at=at)
    forget_members()
    return new.id


@one_transaction
def change_member(new: NewMember, *, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """
    Correct a member's names, address, and where its officials work.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises WrongMember: if the title or the address is not right
    :raises NoSuchMember: if there is none
    """
    check_may_run(operator_agency(), by=by)
    _check(new)
    row = locked_member(new.id)
    _write_facts(row, new)
    row.save()
    forget_members()


@one_transaction
def move_member(member: str, to: MemberState, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Suspend a member, let it in again, or end its part, for a reason.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises NoReason: if no reason is given
    :raises NoSuchMember: if there is none
    :raises MoveNotAllowed: if its state does not allow it
    """
    check_may_run(operator_agency(), by=by)
    if not reason.strip():
        raise NoReason(problems=[{"at": "reason", "message": REASON_NEEDED}])
    set_state(locked_member(member), to, reason=reason.strip()[:500], by=by, at=at)


def set_state(row: Member, to: MemberState, *, reason: str, by: Actor, at: datetime) -> None:
    """Give a locked member another state and announce it."""
    before = MemberState(row.state)
    check_move(before, to)
    row.state, row.reason, row.since = to, reason, at
    row.save(update_fields=["state", "reason", "since"])
    moved = MemberMoved(subject=row.id, before=before, after=to, reason=reason)
    announce(moved, by=by, at=at)
    forget_members()
    forget_keys()


def locked_member(member: str) -> Member:
    """
    Return a member's row, locked until the transaction ends.

    :raises NoSuchMember: if there is none
    """
    row = Member.objects.select_for_update(no_key=True).filter(pk=member).first()
    if row is None:
        raise NoSuchMember(member=member)
    return row


def operator_agency() -> str:
    """Return where the officials work who run this portal's exchange; empty before it is set up."""
    first = settings.EXCHANGE_MEMBERS[:1]
    found = Member.objects.filter(pk__in=first).values_list("agency", flat=True).first()
    return found or "".join(first)


def check_administers(row: Member, *, by: Actor) -> None:
    """
    Let a member's administrators, the operator's, and the portal's own commands.

    :raises NotYourMember: for anybody else
    """
    check_may_administer(row.id, row.agency, operator_agency(), by=by)


def _check(new: NewMember) -> None:
    wrong = [
        {"at": name, "message": message}
        for name, message, right in (
            ("id", WRONG_ID, _ID.fullmatch(new.id)),
            ("title", WRONG_TITLE, 0 < len(new.title.strip()) <= 200),
            ("address", WRONG_ADDRESS, is_address(new.address)),
            ("address", PRIVATE_ADDRESS, may_be_inside(new.id) or not is_near(new.address)),
        )
        if not right
    ]
    if wrong:
        raise WrongMember(problems=wrong)


def is_address(text: str) -> bool:
    """Tell whether a text is where a portal can answer; none is one too."""
    known = literal_in(text)
    never = known is not None and is_never_called(known)
    return bool(_ADDRESS.fullmatch(text)) and len(text) <= 200 and not never


def _write_facts(row: Member, new: NewMember) -> None:
    row.title, row.title_en = new.title.strip(), new.title_en.strip()[:200]
    row.agency = new.agency.strip()[:20] or new.id
    row.address = new.address.rstrip("/")
