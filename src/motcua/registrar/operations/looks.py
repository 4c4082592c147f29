"""What members ask of a register stands in the access log of whom it is about, whoever asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.backbone.http.refusals import TooOften
from motcua.backbone.limits import check_rate
from motcua.backbone.looks import look_noted, record_look
from motcua.exchange.operations.subjects import WHAT, known_person
from motcua.exchange.queries.agreements import PURPOSES
from motcua.exchange.queries.members import NoSuchMember, member_known
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.registrar.rules.registers import Book
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


def note_look(person: str, asked: Asked) -> None:
    """
    Write down that a member was told of a person, unless its portal has done so here for this call.

    A look that the asker wrote stands for one call of each question, so a second call, by whom
    ever, has its own line.

    :param person: their number, or the key of the record asked for
    """
    whom = known_person(person) or person
    found = look_noted(
        whom[:LONGEST],
        (LOOKED_AT[asked.book.register], WHAT),
        purpose=_why(asked),
        since=asked.at - LATELY,
    )
    if not any(_unused(look, asked) for look in found):
        _write(whom, asked.book.title, asked)


def note_followed(persons: set[str], asked: Asked) -> None:
    """Write down that a member will be told of changes in what is kept of these persons."""
    for person in sorted(persons):
        _write(known_person(person) or person, FOLLOWED, asked)


def _unused(look: int, asked: Asked) -> bool:
    seconds = 2 * int(LATELY.total_seconds())
    try:
        check_rate(f"look:{look}", asked.path, times=1, seconds=seconds, at=asked.at)
    except TooOften:
        return False
    return True


def _write(whom: str, what: str, asked: Asked) -> None:
    try:
        name = member_known(asked.consumer).title
    except NoSuchMember:
        name = asked.consumer
    by = Actor(f"member:{asked.consumer}", name[:200], asked.consumer)
    record_look(
        whom[:LONGEST], what, purpose=_why(asked), by=by, at=asked.at, reference=asked.entry
    )


def _why(asked: Asked) -> str:
    return PURPOSES.get(asked.purpose, asked.purpose)
