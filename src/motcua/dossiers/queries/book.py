"""The tracking book of a one-stop desk: all that came in, and how each went on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.dossiers.models import Transition
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.lifecycle import BRINGS_IN, State, Step
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class BookLine:
    """
    One entry: a dossier that came to the agency at ``came_at`` (by filing, transfer, re-opening).

    ``returned_how`` is a word of ``rules.returning``, in small letters; ``elsewhere`` tells that
    another agency has the dossier by now, so that the rest of its way is not told here.
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
    later = _later([entry.dossier_id for entry in entries])
    return [_line(entry, later[entry.dossier_id], by=by) for entry in entries]


def _later(dossiers: list[int]) -> defaultdict[int, dict[str, Transition]]:
    """Return the latest passing on and return of each dossier."""
    found: defaultdict[int, dict[str, Transition]] = defaultdict(dict)
    steps = Transition.objects.filter(
        dossier__in=dossiers, step__in=[Step.FORWARD.value, Step.RETURN.value]
    )
    for taken in steps.only("dossier", "step", "details", "at").order_by("id"):
        found[taken.dossier_id][taken.step] = taken
    return found


def _line(entry: Transition, later: dict[str, Transition], *, by: Actor) -> BookLine:
    dossier = entry.dossier
    elsewhere = dossier.agency != by.agency
    done = None if elsewhere else dossier.done_at
    back = None if elsewhere else later.get(Step.RETURN)
    passed = later.get(Step.FORWARD)
    stands = None
    if done is not None:
        days = day_of(done), day_of(dossier.due_at)
        stands = timing(*days, counted_late=dossier.counted_late)
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
