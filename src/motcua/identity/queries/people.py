"""Who a person is and how to reach them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.backbone.built import Built
from motcua.backbone.looks import record_look
from motcua.identity.models import Account
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.personal_id import Sex
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_

PERSONAL_DATA = N_("Name, personal id number, birth date, sex, phone and e-mail")


class NoSuchPerson(NotFound):
    code = "identity.no-such-person"
    message = N_("There is no such account. Check what you typed, or ask the person to register.")


class PurposeNeeded(Invalid):
    code = "identity.purpose-needed"
    message = N_("Say why you need this person's data: the person will be able to read it.")


@dataclass(frozen=True, slots=True)
class Person:
    """
    A person's own data; ``phone`` is E.164, ``language`` is ``vi`` or ``en``.

    Until ``proven_at``, number, name and birth date are only what somebody typed.
    """

    id: str
    name: str
    personal_id: str
    birth_date: date
    sex: Sex
    phone: str
    email: str
    language: str
    proven_at: datetime | None = None
    proven_agency: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person, and in which language."""

    name: str
    email: str
    phone: str
    language: str


def person(
    account_id: str, *, by: Actor, purpose: str = "", reference: str = "", at: datetime
) -> Person:
    """
    Return a person's data; an official's look is written down with its ``purpose``.

    :param purpose: why, as an English translation key or free text; one's own data needs none
    :param reference: what the look belongs to, such as a dossier code
    :raises NoSuchPerson: if there is none, or the actor may not know that there is
    :raises PurposeNeeded: if an official gives no purpose
    """
    if by.id != account_id and by.is_official and not purpose.strip():
        raise PurposeNeeded
    found = Account.objects.visible_to(by).known_as(account_id).first()
    if found is None:
        raise NoSuchPerson
    record_look(account_id, PERSONAL_DATA, purpose=purpose, reference=reference, by=by, at=at)
    return _person(found)


@for_rooms
def person_in_look(account_id: str) -> Person:
    """
    Return a person's data to a room that has written the look down itself, with more it showed.

    :raises NoSuchPerson: if there is none
    """
    found = Account.objects.known_as(account_id).first()
    if found is None:
        raise NoSuchPerson
    return _person(found)


def _person(found: Account) -> Person:
    return Person(
        id=str(found.pk),
        name=found.name,
        personal_id=found.personal_id,
        birth_date=found.birth_date,
        sex=Sex(found.sex),
        phone=found.phone,
        email=found.email,
        language=found.language,
        proven_at=found.proven_at,
        proven_agency=found.proven_agency,
    )


@for_rooms
def actor_for(account_id: str) -> Actor:
    """
    Return a person as the actor they are for themselves, without any post.

    :raises NoSuchPerson: if there is none
    """
    name = Account.objects.known_as(account_id).values_list("name", flat=True).first()
    if name is None:
        raise NoSuchPerson
    return Actor(id=account_id, name=name)


@for_rooms
def has_account(person_id: str) -> bool:
    """Tell whether an id is that of an account, not of a party."""
    return Account.objects.known_as(person_id).exists()


@for_rooms
def contact_of(account_id: str) -> Contact:
    """
    Return how to reach a person.

    :raises NoSuchPerson: if there is none
    """
    try:
        found = _contact.first(UUID(account_id))
    except ValueError:
        found = None
    if found is None:
        raise NoSuchPerson
    return Contact(*found)


@for_rooms
def contact_if_any(account_id: str) -> Contact | None:
    """Return how to reach a person, ``None`` where there is no such account."""
    try:
        return contact_of(account_id)
    except NoSuchPerson:
        return None


@Built
def _contact(account: UUID) -> QuerySet[Account, Any]:
    return Account.objects.filter(pk=account).values_list("name", "email", "phone", "language")
