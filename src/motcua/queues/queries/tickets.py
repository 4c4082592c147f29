"""What somebody who waits may know of their number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.queues.models import Service, Ticket
from motcua.queues.queries.places import open_windows
from motcua.queues.rules.lifecycle import State
from motcua.queues.rules.pace import LATEST, expected_wait, pace

__all__ = ["NoTicket", "State", "TicketSeen", "ticket"]


class NoTicket(NotFound):
    code = "queues.no-ticket"
    message = N_("We could not find this number. Draw one at the office, or scan its code again.")


@dataclass(frozen=True, slots=True)
class TicketSeen:
    """
    A number as its holder sees it.

    ``ahead`` are those called before, ``wait`` what that will take; both only while it waits.
    """

    office: int
    number: str
    token: str
    service: str
    service_en: str
    priority: bool
    state: State
    window: str
    drawn_at: datetime
    last_called_at: datetime | None
    ahead: int
    wait: timedelta
    windows: int

    def titled(self, language: str) -> str:
        """Return the name of its line in the reader's language where it is known."""
        return self.service_en if language == "en" and self.service_en else self.service


@public
def ticket(token: str, *, at: datetime) -> TicketSeen:
    """
    Return a number by the address on its slip; whoever has it is meant to (four statements).

    :raises NoTicket: if there is none
    """
    row = Ticket.objects.select_related("service", "window").filter(token=token).first()
    if row is None:
        raise NoTicket
    ahead, windows, wait = 0, 0, timedelta(0)
    if row.state == State.WAITING:
        ahead = _ahead(row)
        serving = [x for x in open_windows(row.office_id, at=at) if x.serves(row.service.letter)]
        windows = len(serving)
        wait = expected_wait(ahead, windows, _pace(row.service, row))
    return TicketSeen(
        office=row.office_id,
        number=row.number,
        token=row.token,
        service=row.service.title,
        service_en=row.service.title_en,
        priority=row.priority,
        state=State(row.state),
        window="" if row.window is None else row.window.name,
        drawn_at=row.drawn_at,
        last_called_at=row.last_called_at,
        ahead=ahead,
        wait=wait,
        windows=windows,
    )


def _ahead(row: Ticket) -> int:
    waiting = Ticket.objects.of_day(row.office_id, row.day).filter(
        state=State.WAITING, service=row.service
    )
    before = Q(priority=row.priority, id__lt=row.pk)
    return waiting.filter(before if row.priority else before | Q(priority=True)).count()


def _pace(service: Service, row: Ticket) -> timedelta:
    served = Ticket.objects.of_day(row.office_id, row.day).filter(
        service=service, state=State.DONE, started_at__isnull=False
    )
    times = served.order_by("-ended_at").values_list("started_at", "ended_at")[:LATEST]
    lengths = [ended - started for started, ended in reversed(times) if started and ended]
    return pace(lengths, usual=timedelta(minutes=service.usual_minutes))
