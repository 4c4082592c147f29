"""A person says that a registry is wrong: send it to the owner, and hear what becomes of it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, Invalid, Unavailable
from motcua.kernel.text import N_
from motcua.registries.adapters.base import Asking, Changed, Wish, WishRefused
from motcua.registries.adapters.registry import registry
from motcua.registries.events import AnswerNotKnown, ObjectionAnswered, ObjectionMade
from motcua.registries.models import Followed, Heard, Objection
from motcua.registries.operations.following import note_change
from motcua.registries.rules.answers import Register
from motcua.registries.rules.objections import CLOSED, Standing, answer_in

__all__ = [
    "Changed",
    "NoSuchAnswer",
    "NotTheirRegistry",
    "NothingWished",
    "Said",
    "hear_answers",
    "object_to",
    "send_objection",
    "take_changes",
]

CORRECTION = "correction"
"""The kind of an entry of a feed that answers an objection."""
WITHIN = 10.0
"""Seconds a registry may take: nobody is waiting at a page."""


class NothingWished(Invalid):
    code = "registries.nothing-wished"
    message = N_("Write what the registry should say instead.")


class NotTheirRegistry(Forbidden):
    code = "registries.not-their-registry"
    message = N_("{member} does not own the registry “{registry}” that is asked here.")


class NoSuchAnswer(Invalid):
    code = "registries.no-such-answer"
    message = N_("“{said}” is no answer to an objection: say examined, accepted or refused.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a registry said of a person: of which record (``key``), in which field, and what."""

    register: Register
    key: str
    field: str
    stated: str


@one_transaction
def object_to(
    said: Said,
    wished: str,
    why: str,
    *,
    person_id: str,
    by: Actor,
    at: datetime,
    person: str | None = None,
) -> str:
    """
    Keep an objection to what a registry said of somebody; it is sent after commit.

    :param person_id: their personal id, by which the registry knows them
    :param person: who stands before the actor and says so, the actor themself where none is named
    :raises NothingWished: if they do not say what is right
    """
    if not wished.strip():
        raise NothingWished(problems=[{"at": "wished", "message": NothingWished.message}])
    row = Objection.objects.create(
        person=by.id if person is None else person,
        by_name="" if person in {None, by.id} else by.name,
        personal_id=person_id,
        register=said.register,
        key=said.key,
        field=said.field,
        stated=said.stated[:500],
        wished=wished.strip()[:500],
        why=why.strip()[:1000],
        state=Standing.MADE,
        at=at,
    )
    made = ObjectionMade(subject=str(row.pk), register=said.register, field=said.field)
    announce(made, by=by, at=at)
    return str(row.pk)


def send_objection(objection: str, *, at: datetime) -> None:
    """
    Send an objection to the registry's owner; sent twice, it is one request there.

    One that the owner does not take is closed with the owner's words, and the person is told.

    :raises Unavailable: if the registry did not take it: try again later
    """
    row = Objection.objects.filter(pk=objection, state=Standing.MADE).first()
    if row is None:
        return
    wish = Wish(str(row.pk), row.personal_id, row.key, row.field, row.stated, row.wished, row.why)
    asking = Asking("correct-data", at, WITHIN, row.person)
    try:
        registry(Register(row.register)).correct(wish, asking)
    except WishRefused as refused:
        _close(objection, str(refused.facts["said"]), at=at)
        return
    Objection.objects.filter(pk=row.pk, state=Standing.MADE).update(
        state=Standing.SENT, moved_at=at
    )


@one_transaction
def _close(objection: str, told: str, *, at: datetime) -> None:
    row = Objection.objects.select_for_update().filter(pk=objection, state=Standing.MADE).first()
    if row is not None:
        _move(row, Standing.REFUSED, told, at=at)


def hear_answers(*, at: datetime) -> int:
    """
    Read the feeds of the registries that have objections to answer or changes to tell of.

    Return how many entries moved something.

    :raises Unavailable: if one of them does not answer: try again later
    """
    moved, silent = 0, None
    waiting = Objection.objects.exclude(state__in=CLOSED).values_list("register", flat=True)
    followed = Followed.objects.values_list("register", flat=True)
    for register in sorted({*waiting, *followed}):
        try:
            moved += _pulled(register, at=at)
        except Unavailable as problem:
            silent = problem
    if silent is not None:
        raise silent
    return moved


def _pulled(register: str, *, at: datetime) -> int:
    moved, asking = 0, Asking("notify-change", at, WITHIN)
    known = Heard.objects.filter(register=register).values_list("cursor", flat=True)
    after = known.first() or 0
    while page := registry(Register(register)).changes(after, asking):
        moved += _heard(register, page, at=at)
        after = page[-1].cursor
    return moved


@one_transaction
def take_changes(register: str, page: tuple[Changed, ...], *, member: str, at: datetime) -> int:
    """
    Take changes that a registry's owner pushes, the oldest first; return how many moved something.

    :raises NotTheirRegistry: if the member does not own the registry
    :raises NoSuchAnswer: if one of them answers an objection with what is no answer
    """
    if settings.REGISTRIES.get(register, {}).get("member") != member:
        raise NotTheirRegistry(member=member, registry=register[:20])
    for change in page:
        if change.kind == CORRECTION and answer_in(change.facts.get("state")) is None:
            raise NoSuchAnswer(said=_text(change, "state", 60))
    return _heard(register, page, at=at) if page else 0


@one_transaction
def _heard(register: str, page: tuple[Changed, ...], *, at: datetime) -> int:
    moved = sum(_taken(register, change, at=at) for change in page)
    row, _ = Heard.objects.select_for_update().get_or_create(register=register)
    row.cursor = max(row.cursor, page[-1].cursor)
    row.save()
    return moved


def _taken(register: str, change: Changed, *, at: datetime) -> bool:
    if change.kind == CORRECTION:
        return _answered(change, at=at)
    return note_change(register, change, at=at)


def _answered(change: Changed, *, at: datetime) -> bool:
    reference = _text(change, "reference", 60)
    rows = Objection.objects.select_for_update().exclude(state__in=CLOSED)
    row = next((each for each in rows.filter(key=change.key) if str(each.pk) == reference), None)
    if row is None:
        return False
    answer = answer_in(change.facts.get("state"))
    if answer is None:
        said = _text(change, "state", 60)
        unknown = AnswerNotKnown(subject=str(row.pk), register=row.register, said=said)
        announce(unknown, by=Actor.system("registries"), at=at)
        return False
    if row.state == answer:
        return False
    _move(row, answer, _text(change, "told", 1000), at=at)
    return True


def _text(change: Changed, name: str, most: int) -> str:
    return str(change.facts.get(name, ""))[:most]


def _move(row: Objection, state: Standing, told: str, *, at: datetime) -> None:
    row.state, row.told, row.moved_at = state, told[:1000], at
    row.save()
    answered = ObjectionAnswered(
        subject=str(row.pk), person=row.person, register=row.register, state=state, told=told
    )
    announce(answered, by=Actor.system("registries"), at=at)
