"""Draw a number; call, serve and pass on those who hold one."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe

from django.db import connection
from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import office as office_named
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_
from motcua.queues.events import TicketDrawn, TicketLinked, TicketMoved
from motcua.queues.models import Service, Ticket, Window
from motcua.queues.operations.places import NoWindow
from motcua.queues.rules.access import NotYourTicket
from motcua.queues.rules.lifecycle import AT_WINDOW, Move, State, after
from motcua.queues.rules.numbers import number_of

_NEXT = """
INSERT INTO queues_daynumber (service_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (service_id, day) DO UPDATE SET last = queues_daynumber.last + 1
RETURNING last
"""


class NoSuchService(NotFound):
    code = "queues.no-such-service"
    message = N_("This office gives out no numbers for that now. Choose from the list.")


class NoSuchTicket(NotFound):
    code = "queues.no-such-ticket"
    message = N_("We could not find this number. Draw one at the office, or scan its code again.")


class SomebodyCalled(Conflict):
    code = "queues.somebody-called"
    message = N_(
        "Number {number} is called to your window. Say first whether they came, or are absent."
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number that was just drawn; ``token`` is the address it is followed under."""

    number: str
    token: str


@one_transaction
def draw(office: int, letter: str, *, priority: bool = False, by: Actor, at: datetime) -> Drawn:
    """
    Give out the next number of a line for today; five statements, one row locked: its own line's.

    :param priority: an elderly, pregnant or disabled person, who is called first
    :raises NoSuchService: if the office has no such line open
    """
    service = Service.objects.filter(office=office, letter=letter, open=True).first()
    if service is None:
        raise NoSuchService
    day = localtime(at).date()
    ticket = Ticket.objects.create(
        agency=office_named(office).agency,
        office_id=office,
        service=service,
        day=day,
        number=number_of(letter, _next(service, day)),
        token=token_urlsafe(12),
        priority=priority,
        drawn_at=at,
    )
    drawn = TicketDrawn(subject=str(ticket), service=letter, priority=priority)
    announce(drawn, by=by, at=at)
    return Drawn(ticket.number, ticket.token)


@one_transaction
def call_next(*, by: Actor, at: datetime) -> str | None:
    """
    Call whoever is next in the lines of one's window; return the number, None if nobody waits.

    Whoever is being served there is done with. A number that a colleague is just calling is
    passed over, so that no number is called twice.

    :raises NoWindow: if the actor sits at none
    :raises SomebodyCalled: if somebody is called and has neither come nor been marked absent
    """
    window = _my_window(by)
    there = _at(window, at)
    if there is not None and there.state == State.CALLED:
        raise SomebodyCalled(number=there.number)
    if there is not None:
        _move(there, Move.FINISH, by=by, at=at)
    today = Ticket.objects.visible_to(by).of_day(window.office_id, localtime(at).date())
    waiting = today.filter(state=State.WAITING)
    if window.letters:
        waiting = waiting.filter(service__letter__in=window.letters)
    chosen = waiting.in_order().select_for_update(skip_locked=True, of=("self",)).first()
    if chosen is None:
        return None
    _call(chosen, window, by=by, at=at)
    return chosen.number


@one_transaction
def call_again(number: str, *, by: Actor, at: datetime) -> None:
    """
    Call a number once more: the one at one's window, or one that was absent.

    :raises NoSuchTicket: if none of today has it
    :raises NotYourTicket: if it was called to another window
    :raises SomebodyCalled: if somebody else is at the window
    :raises MoveNotAllowed: if it has not been called yet, or is done with
    """
    window = _my_window(by)
    ticket = _ticket(number, window, by=by, at=at)
    there = _at(window, at)
    if there is not None and there.pk != ticket.pk:
        raise SomebodyCalled(number=there.number)
    if ticket.state == State.CALLED and ticket.window_id != window.pk:
        raise NotYourTicket(number=number)
    if ticket.state == State.WAITING:
        after(State.DONE, Move.CALL, number=number)
    _call(ticket, window, by=by, at=at)


@one_transaction
def start(number: str, *, by: Actor, at: datetime) -> None:
    """
    Note that whoever was called has come.

    :raises NoSuchTicket: if none of today has the number
    :raises NotYourTicket: if it is at another window
    :raises MoveNotAllowed: if it is not called
    """
    _move(_mine(number, by=by, at=at), Move.START, by=by, at=at)


@one_transaction
def mark_absent(number: str, *, by: Actor, at: datetime) -> None:
    """
    Note that nobody came; the number can be called again later. Raises as ``start`` does.
    """
    _move(_mine(number, by=by, at=at), Move.ABSENT, by=by, at=at)


@one_transaction
def finish(number: str, *, by: Actor, at: datetime) -> None:
    """Note that somebody has been served. Raises as ``start`` does."""
    _move(_mine(number, by=by, at=at), Move.FINISH, by=by, at=at)


@one_transaction
def pass_on(number: str, letter: str, *, by: Actor, at: datetime) -> None:
    """
    Let somebody wait in another line, with the number and the place of when they drew it.

    :raises NoSuchService: if the office has no such line open
    """
    ticket = _mine(number, by=by, at=at)
    services = Service.objects.filter(office=ticket.office_id, letter=letter, open=True)
    service = services.first()
    if service is None:
        raise NoSuchService
    ticket.service = service
    _move(ticket, Move.PASS_ON, by=by, at=at)


@one_transaction
def link_dossier(code: str, *, by: Actor, at: datetime) -> str:
    """Note that the dossier of whoever is at the actor's window has this code; twice is once."""
    window = Window.objects.filter(clerk=by.id).first()
    ticket = None if window is None else _at(window, at)
    if ticket is None:
        return ""
    if code not in ticket.dossiers:
        ticket.dossiers = [*ticket.dossiers, code]
        ticket.save(update_fields=["dossiers"])
        announce(TicketLinked(subject=str(ticket), dossier=code), by=by, at=at)
    return ticket.number


def _next(service: Service, day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [service.pk, day])
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def _my_window(by: Actor) -> Window:
    window = Window.objects.select_for_update().filter(clerk=by.id).first()
    if window is None or office_named(window.office_id).agency != by.agency:
        raise NoWindow
    return window


def _at(window: Window, at: datetime) -> Ticket | None:
    today = Ticket.objects.select_for_update(of=("self",)).filter(day=localtime(at).date())
    return today.filter(window=window, state__in=AT_WINDOW).first()


def _ticket(number: str, window: Window, *, by: Actor, at: datetime) -> Ticket:
    today = Ticket.objects.visible_to(by).of_day(window.office_id, localtime(at).date())
    ticket = today.select_for_update(of=("self",)).filter(number=number).first()
    if ticket is None:
        raise NoSuchTicket
    return ticket


def _mine(number: str, *, by: Actor, at: datetime) -> Ticket:
    window = _my_window(by)
    ticket = _ticket(number, window, by=by, at=at)
    if ticket.window_id != window.pk:
        raise NotYourTicket(number=number)
    return ticket


def _call(ticket: Ticket, window: Window, *, by: Actor, at: datetime) -> None:
    ticket.window, ticket.clerk = window, by.id
    ticket.calls += 1
    ticket.called_at = ticket.called_at or at
    ticket.last_called_at = at
    _move(ticket, Move.CALL, by=by, at=at)


def _move(ticket: Ticket, move: Move, *, by: Actor, at: datetime) -> None:
    ticket.state = after(State(ticket.state), move, number=ticket.number)
    if move is Move.START:
        ticket.started_at = at
    elif move is Move.PASS_ON:
        ticket.window, ticket.started_at = None, None
    elif move in {Move.FINISH, Move.ABSENT}:
        ticket.ended_at = at
    ticket.save()
    window = "" if ticket.window is None else ticket.window.name
    moved = TicketMoved(subject=str(ticket), move=move, state=ticket.state, window=window)
    announce(moved, by=by, at=at)
