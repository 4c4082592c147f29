"""Whom a call is about: a keyed hash for the log, a line in the person's own list of looks."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.conf import settings

from motcua.backbone.looks import record_look
from motcua.exchange.queries.agreements import PURPOSES
from motcua.exchange.queries.members import NoSuchMember, member_known
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_

Recogniser = Callable[[Collection[str]], Mapping[str, str]]
_recognisers: list[Recogniser] = []
WHAT = N_("Data held by another agency")
MESSAGE = N_("A kept message between agencies")


def recognise_persons_with(recogniser: Recogniser) -> Recogniser:
    """Decorate what tells the ids of persons known here by their personal ids; there is one."""
    _recognisers[:] = [recogniser]
    return recogniser


def known_person(subject: str) -> str | None:
    """Return the id of the person known here who has a personal id, if there is one."""
    return known_persons((subject,) if subject else ()).get(subject)


def known_persons(subjects: Collection[str]) -> Mapping[str, str]:
    """Return the ids of the persons known here by their personal ids (one statement)."""
    for recognise in _recognisers if subjects else ():
        return recognise(subjects)
    return {}


def person_hash(subject: str) -> bytes | None:
    """Return by what the log knows a person again: only who has this portal's key can make it."""
    if not subject:
        return None
    return hmac.new(
        settings.EXCHANGE_PERSON_KEY.encode(), subject.encode(), hashlib.sha256
    ).digest()


def tell_person(subject: str, provider: str, *, purpose: str, by: Actor, at: datetime) -> None:
    """Write into a person's own list that another agency was asked about them, if known here."""
    person = known_person(subject)
    if person is None:
        return
    why = PURPOSES.get(purpose, purpose)
    record_look(person, WHAT, purpose=why, reference=_whose(provider), by=by, at=at)


def tell_of_message(subject: str, provider: str, *, why: str, by: Actor, at: datetime) -> None:
    """Write into a person's own list that a kept message about them was read, if known here."""
    person = known_person(subject)
    if person is not None:
        record_look(person, MESSAGE, purpose=why, reference=_whose(provider), by=by, at=at)


def _whose(provider: str) -> str:
    try:
        return member_known(provider).title[:80]
    except NoSuchMember:
        return provider
