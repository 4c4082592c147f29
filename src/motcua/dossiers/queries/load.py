"""How much work lies at an agency, with whom, and where it stood: for pictures of its load."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.lifecycle import BRINGS_IN, SETTLES, UNSETTLED, WAITING, State, Step
from motcua.dossiers.rules.works import ENDED_BY, WORK_WORDS, Work
from motcua.kernel.actors import Role
from motcua.kernel.scope import for_rooms

__all__ = [
    "WORK_WORDS",
    "Flow",
    "InHand",
    "SettledOne",
    "Standing",
    "Stretch",
    "Timing",
    "Work",
    "due_by_day",
    "flow_by_day",
    "in_hand",
    "settled_lately",
    "standing",
    "stretches",
]


BY_OFFICIALS = SETTLES - {Step.WITHDRAW, Step.EXPIRE}
"""Steps by which an official settles a dossier; the others are the applicant's, or time's."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many dossiers came in on a day, and how many were settled."""

    day: date
    received: int
    settled: int


@dataclass(frozen=True, slots=True)
class InHand:
    """What one official has in hand; ``holder`` is empty for what nobody has yet."""

    holder: str
    name: str
    open: int
    today: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many dossiers wait for a work, and how many of them beyond its internal limit."""

    work: Work
    open: int
    beyond: int


@dataclass(frozen=True, slots=True)
class SettledOne:
    """
    A dossier settled lately: when, at which office, and how it stood.

    ``office`` is 0 and without a name where it came in through none. ``by`` is the
    official who settled it, empty where the applicant or the time did.
    """

    dossier: int
    at: datetime
    by: str
    by_name: str
    procedure: str
    office: int
    office_name: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of work, from one step of a dossier to the next."""

    work: Work
    by: str
    by_name: str
    since: datetime
    until: datetime


_OWED = sorted(UNSETTLED)
_RUNNING = sorted(UNSETTLED - WAITING)


@for_rooms
def due_by_day(agency: str, *, since: date, until: date, holder: str = "") -> dict[date, int]:
    """Return how many dossiers, whose clock runs, are due on each day; one statement."""
    due = _of(agency, holder).filter(state__in=_RUNNING).annotate(day=TruncDate("due_at"))
    found = due.filter(day__gte=since, day__lte=until).values_list("day")
    return dict(found.annotate(count=Count("pk")).order_by("day"))


@for_rooms
def flow_by_day(agency: str, *, since: datetime) -> tuple[Flow, ...]:
    """Return what came in and was settled on each day since then; one statement."""
    steps = Transition.objects.filter(
        agency=agency, at__gte=since, step__in=sorted(BRINGS_IN | SETTLES)
    )
    found = steps.annotate(day=TruncDate("at")).values("day")
    counted = found.annotate(
        received=Count("pk", filter=Q(step__in=sorted(BRINGS_IN))),
        settled=Count("pk", filter=Q(step__in=sorted(SETTLES))),
    )
    return tuple(Flow(**row) for row in counted.order_by("day"))


@for_rooms
def in_hand(agency: str, *, at: datetime, holder: str = "") -> tuple[InHand, ...]:
    """Return what each official has in hand, the most first; one statement."""
    running = Q(state__in=_RUNNING)
    today = localtime(at).date()
    owed = _of(agency, holder).filter(state__in=_OWED).annotate(day=TruncDate("due_at"))
    found = owed.values_list("holder", "holder_name").annotate(
        open=Count("pk"),
        today=Count("pk", filter=running & Q(day=today, due_at__gte=at)),
        overdue=Count("pk", filter=running & Q(due_at__lt=at)),
    )
    return tuple(InHand(*row) for row in found.order_by("-open", "holder"))


@for_rooms
def standing(agency: str, *, at: datetime, holder: str = "") -> tuple[Standing, ...]:
    """Return what waits for each work now; one statement."""
    there = _of(agency, holder).filter(state__in=[*_RUNNING, State.DONE])
    found = there.values_list("state", "stage_role").annotate(
        open=Count("pk"), beyond=Count("pk", filter=Q(stage_due_at__lt=at))
    )
    sums = dict.fromkeys(Work, (0, 0))
    for state, role, open_, beyond in found.order_by("state"):
        work = _work_of(State(state), Role(role))
        sums[work] = sums[work][0] + open_, sums[work][1] + beyond
    return tuple(Standing(work, *counts) for work, counts in sums.items())


@for_rooms
def settled_lately(agency: str, *, since: datetime, most: int) -> tuple[SettledOne, ...]:
    """Return what was settled since then, the latest first, at most ``most``; one statement."""
    steps = Transition.objects.filter(agency=agency, at__gte=since, step__in=sorted(SETTLES))
    found = steps.order_by("-at", "-id").values_list(
        *("dossier_id", "at", "by", "by_name", "procedure", "dossier__office"),
        *("dossier__office__name", "due_at", "counted_late", "step"),
    )
    return tuple(
        SettledOne(
            dossier=dossier,
            at=localtime(at),
            by=by if Step(step) in BY_OFFICIALS else "",
            by_name=name if Step(step) in BY_OFFICIALS else "",
            procedure=procedure,
            office=office or 0,
            office_name=place or "",
            timing=timing(day_of(at), day_of(due_at), counted_late=late),
        )
        for dossier, at, by, name, procedure, office, place, due_at, late, step in found[:most]
    )


@for_rooms
def stretches(dossiers: Collection[int], *, agency: str) -> tuple[Stretch, ...]:
    """
    Return the stretches of work on these dossiers at an agency; one statement.

    Waiting for the applicant is nobody's work and left out; recalling an opinion ends no work.
    """
    told = Transition.objects.filter(dossier__in=dossiers).exclude(step=Step.RECALL)
    steps = told.order_by("dossier", "id")
    rows = steps.values_list("dossier", "step", "before", "agency", "by", "by_name", "at")
    found = []
    for last, (dossier, step, before, where, by, name, at) in pairwise(rows):
        work = ENDED_BY.get(Step(step))
        if work is not None and last[0] == dossier and where == agency and before not in WAITING:
            found.append(Stretch(work, by, name, localtime(last[-1]), localtime(at)))
    return tuple(found)


def _of(agency: str, holder: str) -> DossierQuerySet:
    there = Dossier.objects.filter(agency=agency)
    return there.filter(holder=holder) if holder else there


def _work_of(state: State, role: Role) -> Work:
    if state is State.NEW:
        return Work.ACCEPT
    if state is State.RECEIVED:
        return Work.HAND_ON
    if state is State.DONE:
        return Work.RETURN
    return Work.APPROVE if role is Role.LEADER else Work.WORK_OUT
