"""A person gives another a power of attorney online."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.backbone.transactions import one_transaction
from motcua.identity.models import Account, Authority
from motcua.identity.operations.authorities import (
    OWN_NUMBER,
    AuthorityRefused,
    NotYourAuthority,
    RecordedAlready,
    check_fits,
    inserted,
)
from motcua.identity.rules.authorities import AuthorityKind
from motcua.identity.rules.parties import PartyKind, Principal, same_name
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

__all__ = ["AttorneyUnknown", "AuthorityRefused", "Given", "RecordedAlready", "give_power"]

NOT_KNOWN = N_("Nobody of this number and name has an account here. Check both, or ask them.")


class AttorneyUnknown(Invalid):
    code = "identity.attorney-unknown"
    message = NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Given:
    """
    A power to give: to whom, what it is for, to the end of which day, for which procedures.

    ``number`` is the attorney's personal number; ``procedures`` are codes, all when empty.
    """

    number: str
    name: str
    purpose: str
    until: date
    procedures: frozenset[str] = frozenset()


@one_transaction
def give_power(given: Given, *, by: Actor, at: datetime) -> str:
    """
    Offer somebody with an account to act for the actor, and return the id of the authority.

    It can be used once they accept it, or an official has seen the paper; until then, and after,
    either ends it at any time. Who is meant is named by number and name, and a wrong pair is
    refused like one that is not known, so that nobody learns who has an account.

    :raises NotYourAuthority: if the actor is no citizen with an account
    :raises AttorneyUnknown: if nobody of that number and name has an account
    :raises AuthorityRefused: if it is the actor, or purpose or last day do not fit
    :raises RecordedAlready: if that person already has a power of the actor's
    """
    me = _account(by)
    number = "".join(given.number.split())
    attorney = Account.objects.filter(personal_id=number).first()
    if attorney is None or not same_name(attorney.name, given.name):
        raise AttorneyUnknown(problems=[{"at": "number", "message": NOT_KNOWN}])
    if attorney.pk == me.pk:
        raise AuthorityRefused(problems=[{"at": "number", "message": OWN_NUMBER}])
    row = Authority(kind=AuthorityKind.ATTORNEY, until=given.until, basis=given.purpose.strip())
    row.procedures, row.principal = sorted(given.procedures), str(me.pk)
    row.agent, row.agent_name = str(attorney.pk), attorney.name
    person = Principal(PartyKind.PERSON, me.personal_id, me.name, me.birth_date)
    check_fits(row, person, by=by, at=at)
    return inserted(row, by=by, at=at)


def _account(by: Actor) -> Account:
    try:
        me = None if by.is_official else Account.objects.filter(pk=UUID(by.id)).first()
    except ValueError:
        me = None
    if me is None:
        raise NotYourAuthority
    return me
