"""Requests to put records right, as the registers' owners see them."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.backbone.looks import record_look
from motcua.exchange.operations.subjects import known_person
from motcua.exchange.queries.agreements import PURPOSES
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registrar.models import Correction
from motcua.registrar.queries.answering import record_on
from motcua.registrar.queries.owners import books_of_mine
from motcua.registrar.rules.access import KEEPERS
from motcua.registrar.rules.corrections import OPEN, State
from motcua.registrar.rules.fields import NoSuchField, Piece, pieces
from motcua.registries.queries.answers import Register

__all__ = [
    "Piece",
    "Request",
    "UnknownRequest",
    "may_decide",
    "open_requests",
    "request",
    "requests",
    "standing",
]

PAGE = 30


class UnknownRequest(NotFound):
    code = "registrar.no-such-request"
    message = N_("There is no such request that you may see. Choose it from the list.")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, with what the register said when it was made, and what became of it."""

    id: int
    register: Register
    key: str
    person: str
    member: str
    field: str
    stated: str
    wished: str
    why: str
    state: State
    received_at: datetime
    examined_at: datetime | None
    examined_by: str
    decided_at: datetime | None
    decided_by: str
    told: str

    @property
    def open(self) -> bool:
        """Tell whether the citizen still waits."""
        return self.state in OPEN


def requests(*, by: Actor, done: bool = False, before: int | None = None) -> tuple[Request, ...]:
    """
    Return the requests in the actor's registers: the oldest first where they wait, else the newest.

    At most 30, older than number ``before`` where they are done, newer where they wait.
    """
    rows = Correction.objects.filter(register__in=_registers(by))
    if done:
        rows = rows.exclude(state__in=OPEN).order_by("-pk")
        rows = rows.filter(pk__lt=before) if before is not None else rows
    else:
        rows = rows.filter(state__in=OPEN).order_by("pk")
        rows = rows.filter(pk__gt=before) if before is not None else rows
    return tuple(_request(row) for row in rows[:PAGE])


def request(number: int, *, by: Actor, at: datetime) -> Request:
    """
    Return one request; its person finds the look.

    :raises UnknownRequest: if there is none in a register of the actor's
    """
    row = Correction.objects.filter(pk=number, register__in=_registers(by)).first()
    if row is None:
        raise UnknownRequest
    record_look(
        known_person(row.person) or row.person,
        N_("Request to put a record right"),
        purpose=PURPOSES["correct-data"],
        by=by,
        at=at,
        reference=row.reference,
    )
    return _request(row)


@for_rooms
def standing(shown: Request, *, on: date) -> tuple[Piece, ...]:
    """
    Return what the record says now at the field of a request that the caller may see.

    Nothing, where it says nothing there, or what names the record.
    """
    found = record_on(shown.register, shown.key, on=on)
    try:
        return pieces(found[0], shown.field) if found is not None else ()
    except NoSuchField:
        return ()


@for_rooms
def open_requests(register: Register) -> int:
    """Return how many requests wait in a register, at most 1000."""
    return Correction.objects.filter(register=register, state__in=OPEN)[:1000].count()


def may_decide(*, by: Actor) -> bool:
    """Tell whether the actor decides requests, or only reads them."""
    return not by.roles.isdisjoint(KEEPERS)


def _registers(by: Actor) -> list[str]:
    return [book.register.value for book in books_of_mine(by=by)]


def _request(row: Correction) -> Request:
    return Request(
        row.pk,
        Register(row.register),
        row.key,
        row.person,
        row.member,
        row.field,
        row.stated,
        row.wished,
        row.why,
        State(row.state),
        row.received_at,
        row.examined_at,
        row.examined_by_name,
        row.decided_at,
        row.decided_by_name,
        row.told,
    )
