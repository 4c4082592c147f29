"""Who a party is, and whom a number belongs to."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.backbone.looks import record_look
from motcua.identity.models import Account
from motcua.identity.models import Party as PartyRow
from motcua.identity.queries.people import PurposeNeeded
from motcua.identity.rules.parties import PartyKind, Principal, kept_number
from motcua.identity.rules.persons import digits_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_

__all__ = [
    "Found",
    "NoSuchParty",
    "NotForCitizens",
    "Party",
    "PartyKind",
    "Principal",
    "find_organisation",
    "find_person",
    "may_be",
    "name_of",
    "party",
]

PARTY_DATA = N_("Name, number, birth date and phone")
FOUND_BY_NUMBER = N_("Name, found by the personal id number")


class NoSuchParty(NotFound):
    code = "identity.no-such-party"
    message = N_("There is no such person or organisation. Look it up by its number.")


class NotForCitizens(Forbidden):
    code = "identity.not-for-citizens"
    message = N_("Only an official at work may look people up. Sign in with your post.")


@dataclass(frozen=True, slots=True)
class Party:
    """
    A person or organisation without an account; ``id`` stands where an account's id does.

    ``number`` is a personal id or a tax code; ``checked`` tells that an official saw its papers.
    """

    id: str
    kind: PartyKind
    number: str
    name: str
    born: date | None
    phone: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """
    Whom a personal id number belongs to.

    An account shows only that somebody typed the number: check the person's card all the same.
    """

    id: str
    name: str
    has_account: bool


def party(party_id: str, *, by: Actor, purpose: str, reference: str = "", at: datetime) -> Party:
    """
    Return a party; an official's look is written down with its ``purpose``.

    :param reference: what the look belongs to, such as a dossier code
    :raises NoSuchParty: if there is none, or the actor may not know that there is
    :raises PurposeNeeded: if an official gives no purpose
    """
    if by.is_official and not purpose.strip():
        raise PurposeNeeded
    row = PartyRow.objects.visible_to(by).known_as(party_id).first()
    if row is None:
        raise NoSuchParty
    record_look(party_id, PARTY_DATA, purpose=purpose, reference=reference, by=by, at=at)
    return party_of(row)


def find_person(personal_id: str, *, by: Actor, purpose: str, at: datetime) -> Found | None:
    """
    Return the account or, where there is none, the party with a personal id number.

    Both may be there at once; then the account is returned. What is found is written down as a
    look at that person's data.

    :raises NotForCitizens: if the actor is no official
    :raises PurposeNeeded: if no purpose is given
    """
    _check_may_look(purpose, by=by)
    number = digits_of(personal_id)
    account = Account.objects.visible_to(by).filter(personal_id=number).first()
    row = account or PartyRow.objects.filter(kind=PartyKind.PERSON, number=number).first()
    if row is None:
        return None
    found = Found(str(row.pk), row.name, has_account=account is not None)
    record_look(found.id, FOUND_BY_NUMBER, purpose=purpose, by=by, at=at)
    return found


def find_organisation(tax_code: str, *, by: Actor, purpose: str, at: datetime) -> Found | None:
    """
    Return the organisation with a tax code; what is found is written down as a look.

    :raises NotForCitizens: if the actor is no official
    :raises PurposeNeeded: if no purpose is given
    """
    _check_may_look(purpose, by=by)
    number = kept_number(tax_code, PartyKind.ORGANISATION)
    row = PartyRow.objects.filter(kind=PartyKind.ORGANISATION, number=number).first()
    if row is None:
        return None
    record_look(str(row.pk), FOUND_BY_NUMBER, purpose=purpose, by=by, at=at)
    return Found(str(row.pk), row.name, has_account=False)


def _check_may_look(purpose: str, *, by: Actor) -> None:
    if not by.is_official:
        raise NotForCitizens
    if not purpose.strip():
        raise PurposeNeeded


@for_rooms
def party_in_look(party_id: str) -> Party:
    """
    Return a party to a room that has written the look down itself, with more it showed.

    :raises NoSuchParty: if there is none
    """
    row = PartyRow.objects.known_as(party_id).first()
    if row is None:
        raise NoSuchParty
    return party_of(row)


@for_rooms
def name_of(person_id: str) -> str | None:
    """Return the name of an account or a party, ``None`` where the id is neither's."""
    account = Account.objects.known_as(person_id).values_list("name", flat=True).first()
    if account is not None:
        return account
    return PartyRow.objects.known_as(person_id).values_list("name", flat=True).first()


@for_rooms
def may_be(account_id: str, party_id: str) -> bool:
    """
    Tell whether an account may be that of a party: not where a person's numbers differ.

    Whose account an organisation's is, no number tells (two statements).
    """
    parties = PartyRow.objects.known_as(party_id).filter(kind=PartyKind.PERSON)
    number = parties.values_list("number", flat=True).first()
    if number is None:
        return True
    return Account.objects.known_as(account_id).filter(personal_id=number).exists()


@for_rooms
def is_organisation(party_id: str) -> bool:
    """Tell whether somebody is an organisation, whose account no number tells."""
    return PartyRow.objects.known_as(party_id).filter(kind=PartyKind.ORGANISATION).exists()


@for_rooms
def party_of(row: PartyRow) -> Party:
    """Return a stored party as its value."""
    return Party(
        id=str(row.pk),
        kind=PartyKind(row.kind),
        number=row.number,
        name=row.name,
        born=row.born,
        phone=row.phone,
        checked=row.checked,
    )
