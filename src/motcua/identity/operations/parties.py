"""Register people and organisations that have no account."""

from dataclasses import asdict
from datetime import date, datetime

from django.utils.timezone import localdate

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import PartyCorrected, PartyRegistered
from motcua.identity.models import Party as PartyRow
from motcua.identity.queries.parties import NoSuchParty, Party, party_of
from motcua.identity.rules.parties import (
    PartyKind,
    Principal,
    problems_of_principal,
    same_name,
    tidy_principal,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid
from motcua.kernel.text import N_

__all__ = [
    "AT_WORK",
    "KnownOtherwise",
    "NotAtWork",
    "PartyKind",
    "PartyRefused",
    "Principal",
    "check_at_work",
    "correct_party",
    "register_party",
]

AT_WORK = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
"""The roles in which an official deals with people and their papers."""


class NotAtWork(Forbidden):
    code = "identity.not-at-work"
    message = N_(
        "Only officials who work on dossiers may register people and confirm their papers. "
        "Sign in with that post."
    )


class PartyRefused(Invalid):
    """The fact ``problems`` says at which field and why."""

    code = "identity.party-refused"


class KnownOtherwise(Conflict):
    code = "identity.party-known-otherwise"
    message = N_(
        "This number is registered for {name}. Check the number; if the name is wrong there, "
        "correct it with the papers before you."
    )


@one_transaction
def register_party(
    kind: PartyKind | str,
    number: str,
    name: str,
    *,
    born: date | None = None,
    phone: str = "",
    by: Actor,
    at: datetime,
) -> Party:
    """
    Register somebody without an account; the same number again gives the same party.

    An official sees their papers. Do so too where an account has the number, unless its owner
    stands there and signs in: nobody has shown that the account is theirs.

    :param kind: ``person`` or ``organisation``
    :param number: the personal id or the tax code
    :param born: the birth date, needed for a person
    :raises NotAtWork: if the actor is no official who works on dossiers, nor the portal
    :raises PartyRefused: if number, name, birth date or phone cannot be right
    :raises KnownOtherwise: if an official registered the number under another name
    """
    check_at_work(by)
    typed = checked_principal(Principal(PartyKind(kind), number, name, born, phone), at=at)
    row = kept(typed, by=by, at=at)
    if row.checked and not same_name(row.name, typed.name):
        raise KnownOtherwise(name=row.name)
    if not row.checked:
        _correct(row, typed, by=by, at=at)
    return party_of(row)


@one_transaction
def correct_party(
    party_id: str, *, name: str, born: date | None, phone: str, by: Actor, at: datetime
) -> Party:
    """
    Correct what is known of a party, after its papers.

    :raises NotAtWork: if the actor is no official who works on dossiers
    :raises NoSuchParty: if there is none
    :raises PartyRefused: if name, birth date or phone cannot be right
    """
    check_at_work(by)
    row = PartyRow.objects.known_as(party_id).select_for_update().first()
    if row is None:
        raise NoSuchParty
    typed = Principal(PartyKind(row.kind), row.number, name, born, phone)
    _correct(row, checked_principal(typed, at=at), by=by, at=at)
    return party_of(row)


def check_at_work(by: Actor) -> None:
    """
    Check that the actor is an official who deals with people and their papers, or the portal.

    :raises NotAtWork: if not
    """
    at_work = by.agency is not None and by.serves(by.agency, *AT_WORK)
    if not at_work and not by.id.startswith("system:"):
        raise NotAtWork


def checked_principal(typed: Principal, *, at: datetime) -> Principal:
    """
    Return a principal in the one form in which it is kept.

    :raises PartyRefused: if something about it cannot be right
    """
    principal = tidy_principal(typed)
    problems = [asdict(p) for p in problems_of_principal(principal, on=localdate(at))]
    if problems:
        raise PartyRefused(problems=problems)
    return principal


def kept(principal: Principal, *, by: Actor, at: datetime) -> PartyRow:
    """Return the one party with this kind and number, new if there was none, held locked."""
    new = PartyRow(
        kind=principal.kind,
        number=principal.number,
        name=principal.name,
        born=principal.born,
        phone=principal.phone,
        registered_by=by.id,
        registered_at=at,
    )
    known = PartyRow.objects.select_for_update().filter(kind=new.kind, number=new.number)
    row = known.first()
    if row is not None:
        return row
    PartyRow.objects.bulk_create([new], ignore_conflicts=True)
    row = known.get()
    if (row.registered_by, row.registered_at) == (by.id, at):
        announce(PartyRegistered(subject=str(row.pk), kind=row.kind), by=by, at=at)
    return row


def _correct(row: PartyRow, typed: Principal, *, by: Actor, at: datetime) -> None:
    """Write down what the papers say; a phone number left empty stays as it was."""
    new = {"name": typed.name, "born": typed.born, "phone": typed.phone or row.phone}
    changed = [field for field, value in new.items() if getattr(row, field) != value]
    for field, value in new.items():
        setattr(row, field, value)
    row.checked = True
    row.save(update_fields=[*new, "checked"])
    if changed:
        announce(PartyCorrected(subject=str(row.pk), fields=changed), by=by, at=at)
