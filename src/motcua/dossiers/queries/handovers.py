"""Hand-over lists of an agency: what is on them, who gave, who confirmed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from motcua.dossiers.models import Dossier, HandOver, HandOverItem, Transition
from motcua.dossiers.queries.near import is_near
from motcua.dossiers.rules.access import receives_for
from motcua.dossiers.rules.left_out import LeftOut, read
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_


class UnknownHandOver(NotFound):
    code = "dossiers.unknown-hand-over"
    message = N_("There is no such hand-over list in your agency.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A dossier on a list: ``pending``, ``taken``, or ``refused`` with a remark."""

    code: str
    title: str
    applicant_name: str
    due_at: datetime
    state: str
    remark: str
    by_name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """A list as lists show it."""

    id: int
    day: date
    number: int
    giver: str
    giver_name: str
    receiver: str
    receiver_name: str
    given_at: datetime
    settled_at: datetime | None
    dossiers: int
    pending: int


@dataclass(frozen=True, slots=True)
class HandOverSeen:
    """
    A list with its dossiers, in the order they were put on it.

    ``mine_to_settle`` tells that the one who asks confirms it, for themselves or for a colleague
    for whom they stand in; ``left_out`` was asked for and is not on it.
    """

    line: HandOverLine
    agency: str
    items: tuple[Listed, ...]
    mine_to_settle: bool
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """A dossier the actor passed on that stands on no list yet."""

    code: str
    title: str
    applicant_name: str
    holder: str
    holder_name: str


def handover(list_id: int, *, by: Actor) -> HandOverSeen:
    """
    Return a list of the actor's agency (two statements).

    What a colleague remarked on a dossier is told to nobody near to who stands behind it.

    :raises UnknownHandOver: if there is none
    """
    row = _rows(by).filter(pk=list_id).first()
    if row is None:
        raise UnknownHandOver
    items = HandOverItem.objects.filter(hand_over=list_id).select_related("dossier").order_by("pk")
    line = _line(row)
    listed = tuple(
        Listed(
            x.dossier.code,
            x.dossier.title,
            x.dossier.applicant_name,
            x.dossier.due_at,
            x.state,
            "" if is_near(x.dossier, by=by) else x.remark,
            x.by_name,
            x.at,
        )
        for x in items
    )
    theirs = line.giver != by.id and line.receiver in receives_for(by)
    mine = bool(line.pending) and theirs
    return HandOverSeen(line, row.agency, listed, mine, read(row.left_out))


def handovers(*, by: Actor, limit: int = 50) -> tuple[HandOverLine, ...]:
    """Return the lists the actor gave or may confirm, the newest first (one statement)."""
    mine = Q(giver=by.id) | Q(receiver__in=receives_for(by))
    return tuple(_line(row) for row in _rows(by).filter(mine).order_by("-pk")[:limit])


PASSES_ON = (Step.FORWARD, Step.REOPEN)
"""Steps by which a dossier comes from the desk, or again, to those who work on it."""


def to_hand_over(*, by: Actor, limit: int = 100) -> tuple[ToHandOver, ...]:
    """Return the dossiers the actor passed on and put on no list since (one statement)."""
    if by.agency is None:
        return ()
    passed = Transition.objects.filter(dossier=OuterRef("pk"), step__in=PASSES_ON).order_by("-id")
    listed = HandOverItem.objects.filter(dossier=OuterRef("pk"))
    since = Q(state="taken", hand_over__given_at__gte=OuterRef("passed_at"))
    rows = Dossier.objects.filter(agency=by.agency, state=State.IN_PROCESS).annotate(
        passed_at=Subquery(passed.values("at")[:1]),
        passed_by=Subquery(passed.values("by")[:1]),
    )
    rows = rows.filter(~Exists(listed.filter(Q(state="pending") | since)), passed_by=by.id)
    rows = rows.only("code", "title", "applicant_name", "holder", "holder_name")
    return tuple(
        ToHandOver(x.code, x.title, x.applicant_name, x.holder, x.holder_name)
        for x in rows.order_by("due_at", "id")[:limit]
    )


def _rows(by: Actor) -> Any:
    rows = HandOver.objects.filter(agency=by.agency) if by.agency else HandOver.objects.none()
    return rows.annotate(
        dossiers=Count("items"), pending=Count("items", filter=Q(items__state="pending"))
    )


def _line(row: Any) -> HandOverLine:
    return HandOverLine(
        row.pk,
        row.day,
        row.number,
        row.giver,
        row.giver_name,
        row.receiver,
        row.receiver_name,
        row.given_at,
        row.settled_at,
        row.dossiers,
        row.pending,
    )
