"""Let the portal of a member join this exchange with a code that works once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import authority
from motcua.exchange.models import Invitation, Member, Peer
from motcua.exchange.operations.keys import NoAuthority, certify_request
from motcua.exchange.operations.members import (
    NewMember,
    WrongMember,
    change_member,
    invite_member,
    operator_agency,
)
from motcua.exchange.queries.directory import known_member
from motcua.exchange.queries.trust import anchors_pem
from motcua.exchange.rules.access import check_may_run
from motcua.exchange.rules.authority import key_in
from motcua.exchange.rules.certificates import fingerprint, kid_of
from motcua.exchange.rules.directory import Joined, Joining
from motcua.exchange.rules.states import MemberState
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

__all__ = ["CODE_LASTS", "WrongCode", "admit", "invite_portal"]

CODE_LASTS = timedelta(days=3)
SHOWN = 32
"""Digits of the authority's fingerprint in a code, by which the joining portal knows it."""


class WrongCode(Forbidden):
    code = "exchange.wrong-code"
    message = N_(
        "This code does not work: it is another member's, was used, or is too old. "
        "Ask who runs the exchange for a new one."
    )


@one_transaction
def invite_portal(new: NewMember, *, by: Actor, at: datetime, lasts: timedelta = CODE_LASTS) -> str:
    """
    Let a member's own portal join, and return the code for it; it is shown once.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises NoAuthority: if this portal has no authority of its own
    :raises WrongMember: if the id or the title is not right
    """
    check_may_run(operator_agency(), by=by)
    ours = authority()
    if ours is None:
        raise NoAuthority(member=new.id)
    known = Member.objects.filter(pk=new.id).exclude(state=MemberState.ENDED).exists()
    if not known:
        invite_member(new, by=by, at=at)
    secret = secrets.token_hex(24)  # what begins with a dash, a command would take for an option
    facts: dict[str, Any] = {"member_id": new.id, "made_by": by.id, "made_at": at}
    Invitation.objects.create(digest=_digest(secret), expires_at=at + lasts, **facts)
    return f"{secret}.{fingerprint(ours.certificate)[:SHOWN]}"


@one_transaction
def admit(joining: Joining, *, by: Actor, at: datetime) -> Joined:
    """
    Certify the key of a portal that has a code, and tell it who is believed here.

    The same again, with the same key, is answered alike: the first answer may have been lost.
    Where the portal answers is heard the first time only, and who was suspended or left meanwhile
    does not come back by an old code.

    :raises WrongCode: if the code is another's, used for another key, or too old, or if its member
        is suspended or has left
    :raises NotARequest: if the request cannot be read, or its signature is wrong
    :raises RequestOfAnother: if it names somebody else
    :raises WrongMember: if the address is none
    """
    secret = joining.code.partition(".")[0]
    rows = Invitation.objects.select_for_update().filter(digest=_digest(secret))
    row = rows.filter(member=joining.member, expires_at__gt=at).first()
    if row is None:
        raise WrongCode
    kid = kid_of(key_in(joining.request, joining.member))
    if row.kid not in {"", kid}:
        raise WrongCode
    if not joining.address:
        raise WrongMember(problems=[{"at": "address", "message": WrongMember.message}])
    member = Member.objects.get(pk=joining.member)
    if member.state not in {MemberState.INVITED, MemberState.ACTIVE}:
        raise WrongCode
    if not row.kid:
        facts = (member.id, member.title, member.title_en, member.agency, joining.address)
        change_member(NewMember(*facts), by=by, at=at)
    certificate = certify_request(joining.member, joining.request, by=by, at=at)
    row.kid, row.used_at = kid, at
    row.save(update_fields=["kid", "used_at"])
    Peer.objects.get_or_create(member=member, defaults={"since": at})
    hub, you = known_member(settings.EXCHANGE_MEMBERS[0]), known_member(member.id)
    return Joined(hub, you, certificate, anchors_pem())


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
