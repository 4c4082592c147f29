"""An office at a glance: for those who wait, and for those who call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.timezone import localtime

from motcua.kernel.actors import Actor
from motcua.kernel.scope import public
from motcua.queues.models import Ticket
from motcua.queues.queries.places import WindowSeen
from motcua.queues.rules.lifecycle import AT_WINDOW, State
from motcua.queues.rules.pace import median_wait

__all__ = ["Board", "Call", "Desk", "Figures", "Waiting", "board", "desk", "how_many_wait"]

SHOWN = 8
"""How many calls a board shows."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number called to a window; ``here`` while its holder is expected or there."""

    number: str
    window: str
    at: datetime
    here: bool
    calls: int


@dataclass(frozen=True, slots=True)
class Board:
    """The last calls of the day, the latest first, and how many wait."""

    calls: tuple[Call, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number in line, at a window or absent, as officials see it."""

    number: str
    letter: str
    state: State
    priority: bool
    calls: int
    drawn_at: datetime
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """An office's day so far; ``median`` is what half of those called waited at most."""

    waiting: int
    served: int
    absent: int
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What an official at a window works with; ``waiting`` are those of its lines."""

    here: Waiting | None
    waiting: tuple[Waiting, ...]
    absent: tuple[Waiting, ...]
    figures: Figures


@public
def board(office: int, *, at: datetime) -> Board:
    """Return what the big screen of an office shows; two statements."""
    today = Ticket.objects.of_day(office, localtime(at).date())
    called = today.filter(window__isnull=False, last_called_at__isnull=False)
    rows = called.select_related("window").order_by("-last_called_at", "-id")[:SHOWN]
    calls = tuple(
        Call(x.number, x.window.name, x.last_called_at, x.state in AT_WINDOW, x.calls)
        for x in rows
        if x.window is not None and x.last_called_at is not None
    )
    return Board(calls, how_many_wait(office, at=at))


@public
def how_many_wait(office: int, *, at: datetime) -> int:
    """Return how many people wait at an office now."""
    today = Ticket.objects.of_day(office, localtime(at).date())
    return today.filter(state=State.WAITING).count()


def desk(window: WindowSeen, *, by: Actor, at: datetime) -> Desk:
    """Return the day at a window of the actor's own agency; two statements."""
    today = Ticket.objects.visible_to(by).of_day(window.office, localtime(at).date())
    open_ones = today.exclude(state=State.DONE).select_related("service").in_order()
    rows = list(open_ones)
    waiting = [x for x in rows if x.state == State.WAITING and window.serves(x.service.letter)]
    here = [x for x in rows if x.window_id == window.id and x.state in AT_WINDOW]
    absent = [x for x in rows if x.state == State.ABSENT]
    called = today.filter(called_at__isnull=False)
    times = list(called.values_list("state", F("called_at") - F("drawn_at")))
    figures = Figures(
        waiting=sum(x.state == State.WAITING for x in rows),
        served=sum(state == State.DONE for state, _wait in times),
        absent=len(absent),
        median=median_wait([wait for _state, wait in times]),
    )
    return Desk(
        here=_seen(here)[0] if here else None,
        waiting=_seen(waiting),
        absent=_seen(absent),
        figures=figures,
    )


def _seen(rows: Iterable[Ticket]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            x.number,
            x.service.letter,
            State(x.state),
            x.priority,
            x.calls,
            x.drawn_at,
            tuple(x.dossiers),
        )
        for x in rows
    )
