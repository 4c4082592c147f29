"""The tracking book of a one-stop desk: all that came in, and how each went on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.dossiers.models import Transition
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.lifecycle import BRINGS_IN, SETTLES, State, Step
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class BookLine:
    """
    One entry: a dossier that came to the agency at ``came_at`` (by filing, transfer, re-opening).

    ``returned_how`` is a word of ``rules.returning``, in small letters; ``elsewhere`` tells that
    another agency has the dossier by now, so that the rest of its way is not told here. ``stands``
    tells how it was settled, if it was: with a result, refused, withdrawn or stopped.
    """

    id: int
    code: str
    title: str
    applicant_name: str
    channel: int
    came_at: datetime
    due_at: datetime
    state: State
    elsewhere: bool
    forwarded_at: datetime | None
    done_at: datetime | None
    returned_at: datetime | None
    returned_how: str
    stands: Timing | None


@dataclass(frozen=True, slots=True)
class AfterLine:
    """Where a page of the book ended."""

    came_at: datetime
    id: int


def tracking_book(
    *,
    since: datetime,
    until: datetime,
    procedure: str = "",
    after: AfterLine | None = None,
    limit: int,
    by: Actor,
) -> list[BookLine]:
    """Return what came to the actor's agency from ``since`` to before ``until``; 2 statements."""
    if not by.agency:
        return []
    came = Transition.objects.filter(
        agency=by.agency, step__in=sorted(BRINGS_IN), at__gte=since, at__lt=until
    )
    if procedure:
        came = came.filter(procedure=procedure)
    if after is not None:
        came = came.filter(Q(at__gt=after.came_at) | Q(at=after.came_at, id__gt=after.id))
    entries = list(came.select_related("dossier").order_by("at", "id")[:limit])
    told = _told([entry.dossier_id for entry in entries])
    return [_line(entry, told[entry.dossier_id], by=by) for entry in entries]


TOLD = sorted(BRINGS_IN | SETTLES | {Step.FORWARD, Step.RETURN})
"""Steps of which the book tells."""


def _told(dossiers: list[int]) -> defaultdict[int, list[Transition]]:
    """Return the steps of each dossier of which the book tells, in order."""
    found: defaultdict[int, list[Transition]] = defaultdict(list)
    steps = Transition.objects.filter(dossier__in=dossiers, step__in=TOLD).order_by("id")
    for taken in steps.only("dossier", "step", "details", "at", "due_at", "counted_late"):
        found[taken.dossier_id].append(taken)
    return found


def _settled(entry: Transition, told: list[Transition]) -> Transition | None:
    """Return the step that settled what came in by ``entry``, unless it came in again before."""
    ends = (x for x in told if x.pk > entry.pk and Step(x.step) in BRINGS_IN | SETTLES)
    first = next(ends, None)
    return first if first is not None and Step(first.step) in SETTLES else None


def _line(entry: Transition, told: list[Transition], *, by: Actor) -> BookLine:
    dossier, later = entry.dossier, {x.step: x for x in told}
    elsewhere = dossier.agency != by.agency
    done = None if elsewhere else dossier.done_at
    back = None if elsewhere else later.get(Step.RETURN)
    passed, settled = later.get(Step.FORWARD), _settled(entry, told)
    stands = None
    if settled is not None and not elsewhere:
        days = day_of(settled.at), day_of(settled.due_at)
        stands = timing(*days, counted_late=settled.counted_late)
    return BookLine(
        id=entry.pk,
        code=dossier.code,
        title=dossier.title,
        applicant_name=dossier.applicant_name,
        channel=dossier.channel,
        came_at=entry.at,
        due_at=entry.due_at if elsewhere else dossier.due_at,
        state=State(dossier.state),
        elsewhere=elsewhere,
        forwarded_at=passed.at if passed and passed.at >= entry.at else None,
        done_at=done,
        returned_at=back.at if back else None,
        returned_how=next(iter(back.details.get("how", [])), "") if back else "",
        stands=stands,
    )
