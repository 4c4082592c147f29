"""
How much work lies at an agency, with whom, and where it stood: for pictures of its load.

What lies there is counted by the conditions of the worklist, so that each figure is as long as the
list it leads to.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from motcua.dossiers.models import Transition
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.desk_views import Moments, View, in_view, open_ones, waits_for
from motcua.dossiers.rules.lifecycle import BRINGS_IN, SETTLES, WAITING, Step
from motcua.dossiers.rules.works import ENDED_BY, WORK_WORDS, Work
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

__all__ = [
    "WORK_WORDS",
    "Flow",
    "InHand",
    "Standing",
    "Stretch",
    "Work",
    "due_by_day",
    "flow_by_day",
    "in_hand",
    "standing",
    "stretches",
]


@dataclass(frozen=True, slots=True)
class Flow:
    """
    How many dossiers came in on a day, and how many were settled, as it was known at its end.

    What went to another agency on the day it came did not come in.
    """

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
class Stretch:
    """One stretch of work, from one step of a dossier to the next."""

    work: Work
    by: str
    by_name: str
    since: datetime
    until: datetime


@for_rooms
def due_by_day(
    agency: str, *, since: date, until: date, at: datetime, holder: str = ""
) -> dict[date, int]:
    """Return how many dossiers, whose clock runs, are due on each day; one statement."""
    there = _open(agency, holder).filter(_in(agency, View.RUNNING, at))
    due = there.annotate(day=TruncDate("due_at")).filter(day__gte=since, day__lte=until)
    return dict(due.values_list("day").annotate(count=Count("pk")).order_by("day"))


@for_rooms
def flow_by_day(agency: str, *, since: datetime) -> tuple[Flow, ...]:
    """Return what came in and was settled on each day since then; one statement."""
    again = Transition.objects.filter(
        dossier=OuterRef("dossier"), id__gt=OuterRef("id"), step__in=sorted(BRINGS_IN - {Step.FILE})
    )
    passed_on = again.order_by("id").annotate(away=Case(When(step=Step.TRANSFER, then="at")))
    steps = Transition.objects.filter(
        agency=agency, at__gte=since, step__in=sorted(BRINGS_IN | SETTLES)
    ).annotate(day=TruncDate("at"), left=TruncDate(Subquery(passed_on.values("away")[:1])))
    stayed = Q(left=None) | Q(left__gt=F("day"))
    counted = steps.values("day").annotate(
        received=Count("pk", filter=Q(step__in=sorted(BRINGS_IN)) & stayed),
        settled=Count("pk", filter=Q(step__in=sorted(SETTLES))),
    )
    return tuple(Flow(**row) for row in counted.order_by("day"))


@for_rooms
def in_hand(agency: str, *, at: datetime, holder: str = "") -> tuple[InHand, ...]:
    """Return what each official has in hand, the most first; one statement."""
    found = (
        _open(agency, holder)
        .values_list("holder")
        .annotate(
            name=Max("holder_name"),
            open=Count("pk"),
            today=Count("pk", filter=_in(agency, View.TODAY, at)),
            overdue=Count("pk", filter=_in(agency, View.LATE, at)),
        )
    )
    return tuple(InHand(*row) for row in found.order_by("-open", "holder"))


@for_rooms
def standing(agency: str, *, at: datetime, holder: str = "") -> tuple[Standing, ...]:
    """Return what waits for each work now; one statement."""
    beyond = _in(agency, View.STAGE_LATE, at)
    found = _open(agency, holder).aggregate(
        **{f"open_{work}": Count("pk", filter=waits_for(work)) for work in Work},
        **{f"beyond_{work}": Count("pk", filter=waits_for(work) & beyond) for work in Work},
    )
    return tuple(Standing(work, found[f"open_{work}"], found[f"beyond_{work}"]) for work in Work)


@for_rooms
def stretches(agency: str, *, since: datetime, most: int) -> tuple[Stretch, ...]:
    """
    Return the stretches of work at an agency on what it settled since then; one statement.

    At most ``most`` dossiers are looked into, those settled last.

    Waiting for the applicant is nobody's work and left out; recalling an opinion ends no work.
    """
    settled = Transition.objects.filter(agency=agency, at__gte=since, step__in=sorted(SETTLES))
    dossiers = settled.order_by("-at", "-id").values("dossier")[:most]
    told = Transition.objects.filter(dossier__in=dossiers).exclude(step=Step.RECALL)
    steps = told.order_by("dossier", "id")
    rows = steps.values_list("dossier", "step", "before", "agency", "by", "by_name", "at")
    found = []
    for last, (dossier, step, before, where, by, name, at) in pairwise(rows):
        work = ENDED_BY.get(Step(step))
        if work is not None and last[0] == dossier and where == agency and before not in WAITING:
            found.append(Stretch(work, by, name, localtime(last[-1]), localtime(at)))
    return tuple(found)


def _open(agency: str, holder: str) -> DossierQuerySet:
    there = open_ones(by=Actor("", agency=agency)).order_by()
    return there.filter(holder=holder) if holder else there


def _in(agency: str, view: View, at: datetime) -> Q:
    return in_view(view, by=Actor("", agency=agency), at=Moments.of(at))
