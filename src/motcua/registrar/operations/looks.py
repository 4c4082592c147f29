"""What members ask of a register stands in the access log of whom it is about, whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.backbone.http.refusals import TooOften
from motcua.backbone.limits import check_rate
from motcua.backbone.looks import look_noted, record_looks
from motcua.exchange.operations.subjects import WHAT, known_persons
from motcua.exchange.queries.agreements import PURPOSES
from motcua.exchange.queries.members import NoSuchMember, member_known
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.registrar.rules.registers import Book
from motcua.registrar.rules.told import others_in
from motcua.registries.operations.asking import LOOKED_AT

FOLLOWED = N_("Told of each change in a national register")
LATELY = timedelta(seconds=30)
"""How long before a call its asker may have written the look down itself."""
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A member's call to a register: ``entry`` names it in the owner's message log."""

    book: Book
    path: str
    consumer: str
    purpose: str
    entry: str
    at: datetime


def note_look(person: str, asked: Asked, told: Any = None) -> None:
    """
    Write down that a member was told of a person, unless its portal has done so here for this call.

    A look that the asker wrote stands for one call of each question, so a second call, by whom
    ever, has its own line. Others whom the answer tells about have a line in their own lists.

    :param person: their number, or the key of the record asked for
    :param told: what was answered, if anything
    """
    word, others = others_in(told, person)
    accounts = known_persons({person, *others})
    whom = accounts.get(person, person)[:LONGEST]
    found = look_noted(
        whom,
        (LOOKED_AT[asked.book.register], WHAT),
        purpose=_why(asked),
        since=asked.at - LATELY,
    )
    if not any(_unused(look, asked) for look in found):
        _write([whom], asked.book.title, asked)
    _write([accounts.get(each, each) for each in others], word, asked)


def note_followed(persons: set[str], asked: Asked) -> None:
    """Write down that a member will be told of changes in what is kept of these persons."""
    accounts = known_persons(persons)
    _write([accounts.get(each, each) for each in sorted(persons)], FOLLOWED, asked)


def _unused(look: int, asked: Asked) -> bool:
    seconds = 2 * int(LATELY.total_seconds())
    try:
        check_rate(f"look:{look}", asked.path, times=1, seconds=seconds, at=asked.at)
    except TooOften:
        return False
    return True


def _write(persons: Sequence[str], what: str, asked: Asked) -> None:
    if not persons:
        return
    try:
        name = member_known(asked.consumer).title
    except NoSuchMember:
        name = asked.consumer
    by = Actor(f"member:{asked.consumer}", name[:200], asked.consumer)
    whom = [each[:LONGEST] for each in persons]
    entry = f"exchange:{asked.entry}"
    record_looks(whom, what, purpose=_why(asked), by=by, at=asked.at, reference=entry)


def _why(asked: Asked) -> str:
    return PURPOSES.get(asked.purpose, asked.purpose)
