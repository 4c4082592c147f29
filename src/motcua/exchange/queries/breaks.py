"""Whether logs are what their signed heads say, and of which it is known that they are not."""

from dataclasses import dataclass
from datetime import datetime

from motcua.exchange.adapters.headfiles import Aside, head_outside, heads_aside
from motcua.exchange.models import LogBreak
from motcua.exchange.queries.members import kept_logs
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.tree import root_at
from motcua.exchange.rules.access import is_portal
from motcua.exchange.rules.breaks import OTHER_PAST, SHRUNK, UNREADABLE, Outside
from motcua.exchange.rules.heads import NotAHead
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

__all__ = [
    "UNREADABLE",
    "Aside",
    "Break",
    "Outside",
    "decisions_about",
    "held_against_outside",
    "open_breaks",
]

MOST = 20


@dataclass(frozen=True, slots=True)
class Break:
    """
    A head of ``size`` entries that a member's log contradicts.

    ``ours`` tells that the log is kept here: no new head is signed over it meanwhile.
    """

    log: str
    size: int
    fault: str
    found_at: datetime
    ours: bool


@for_rooms
def held_against_outside(log: str) -> Outside:
    """
    Hold a log against the head that is kept outside the database; one statement.

    :raises OSError: if the file cannot be read
    """
    try:
        head = head_outside(log)
    except NotAHead:
        return Outside(fault=UNREADABLE)
    if head is None:
        return Outside()
    root = root_at(log, head.head.size)
    if root == head.head.root:
        return Outside(head)
    return Outside(head, SHRUNK if root is None else OTHER_PAST)


@for_rooms
def decisions_about(log: str) -> tuple[Aside, ...]:
    """Return what was decided when a log contradicted its heads, the oldest first: from files."""
    return heads_aside(log)


def open_breaks(*, by: Actor) -> tuple[Break, ...]:
    """
    Return the contradictions that nobody has decided about, the latest first, twenty at most.

    Who runs the exchange sees those of every member, others those of their own.

    :raises NotOfTheExchange: if they have nothing to do with the exchange
    """
    rows = LogBreak.objects.filter(settled_at=None)
    if not is_portal(by):
        part = part_of(by=by)
        rows = rows if part.operates else rows.filter(log__in=part.members)
    ours = kept_logs()
    return tuple(
        Break(row.log, row.size, row.fault, row.found_at, row.log in ours)
        for row in rows.order_by("-found_at")[:MOST]
    )
