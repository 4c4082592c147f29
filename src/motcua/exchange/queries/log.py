"""The message log as auditors and administrators of its member read it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import get_current_timezone

from motcua.exchange.models import LogEntry
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.proving import NoSuchEntry
from motcua.exchange.rules.entries import Entry
from motcua.exchange.rules.evidence import answer_digest, request_digest
from motcua.kernel.actors import Actor

__all__ = ["PAGE", "STATES", "Found", "NoSuchEntry", "Shown", "Wanted", "entries", "entry"]

PAGE = 50
STATES: dict[str, Q] = {
    "answered": Q(status__gte=1, status__lt=400),
    "refused": Q(status__gte=400),
    "unanswered": Q(status=0),
    "open": Q(status__isnull=True),
}
"""How a call ended, by name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty fields do not narrow."""

    member: str = ""
    service: str = ""
    day: date | None = None
    state: str = ""
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One call in the list."""

    id: UUID
    at: datetime
    side: str
    consumer: str
    provider: str
    service: str
    purpose: str
    status: int | None
    numbered: bool

    @property
    def state(self) -> str:
        """Return the name of how it ended."""
        if self.status is None:
            return "open"
        if self.status == 0:
            return "unanswered"
        return "refused" if self.status >= 400 else "answered"


@dataclass(frozen=True, slots=True)
class Shown:
    """One call in full; digests in hexadecimal, empty where there are none."""

    found: Found
    entry: Entry
    leaf: int | None
    request_digest: str
    answer_digest: str


def entries(wanted: Wanted, *, by: Actor) -> tuple[list[Found], UUID | None]:
    """
    Return the newest calls in the logs of the actor's members, and where the next page begins.

    :raises NotOfTheExchange: if they have nothing to do with the exchange
    """
    rows = LogEntry.objects.of_logs(part_of(by=by).members).filter(_narrowed(wanted))
    if wanted.before is not None:
        rows = rows.filter(id__lt=wanted.before)
    found = [_found(row) for row in rows.order_by("-id")[: PAGE + 1]]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def entry(id: UUID, *, by: Actor) -> Shown:  # noqa: A002
    """
    Return one call.

    :raises NoSuchEntry: if there is none that the actor may see
    :raises NotOfTheExchange: if they have nothing to do with the exchange
    """
    row = LogEntry.objects.of_logs(part_of(by=by).members).filter(pk=id).first()
    if row is None:
        raise NoSuchEntry
    known = entry_of(row)
    return Shown(
        _found(row),
        known,
        row.leaf,
        (request_digest(known) or b"").hex(),
        (answer_digest(known) or b"").hex(),
    )


def _narrowed(wanted: Wanted) -> Q:
    found = STATES.get(wanted.state, Q())
    if wanted.member:
        found &= Q(consumer=wanted.member) | Q(provider=wanted.member)
    if wanted.service:
        found &= Q(service=wanted.service)
    if wanted.day is not None:
        since = datetime.combine(wanted.day, datetime.min.time(), get_current_timezone())
        found &= Q(at__gte=since, at__lt=since + timedelta(days=1))
    return found


def _found(row: LogEntry) -> Found:
    return Found(
        row.id,
        row.at,
        row.side,
        row.consumer,
        row.provider,
        row.service,
        row.purpose,
        row.status,
        row.leaf is not None,
    )
