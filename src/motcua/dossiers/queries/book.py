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
    tells how it was settled, if it was: with a result, refused, withdrawn or stopped. What came in
    again has an entry of its own: what was done after that is not told of the entry before.
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
KEPT = ("dossier", "step", "state", "agency", "details", "at", "due_at", "counted_late")


def _told(dossiers: list[int]) -> defaultdict[int, list[Transition]]:
    """Return the steps of each dossier of which the book tells, in order."""
    found: defaultdict[int, list[Transition]] = defaultdict(list)
    steps = Transition.objects.filter(dossier__in=dossiers, step__in=TOLD).order_by("id")
    for taken in steps.only(*KEPT):
        found[taken.dossier_id].append(taken)
    return found


def _round(entry: Transition, told: list[Transition]) -> tuple[list[Transition], Transition | None]:
    """Return the steps from an entry to the next one, and that one, if it came in again."""
    later = [taken for taken in told if taken.pk > entry.pk]
    again = next((n for n, x in enumerate(later) if Step(x.step) in BRINGS_IN), None)
    return (later, None) if again is None else (later[:again], later[again])


def _line(entry: Transition, told: list[Transition], *, by: Actor) -> BookLine:
    dossier, (steps, following) = entry.dossier, _round(entry, told)
    named = {taken.step: taken for taken in steps}
    passed, back = named.get(Step.FORWARD), named.get(Step.RETURN)
    settled = next((taken for taken in steps if Step(taken.step) in SETTLES), None)
    last = steps[-1] if steps else entry
    elsewhere = following is not None and following.agency != by.agency
    stands = None
    if settled is not None:
        days = day_of(settled.at), day_of(settled.due_at)
        stands = timing(*days, counted_late=settled.counted_late)
    return BookLine(
        id=entry.pk,
        code=dossier.code,
        title=dossier.title,
        applicant_name=dossier.applicant_name,
        channel=dossier.channel,
        came_at=entry.at,
        due_at=last.due_at if following else dossier.due_at,
        state=State(last.state if following and not elsewhere else dossier.state),
        elsewhere=elsewhere,
        forwarded_at=passed.at if passed else None,
        done_at=settled.at if settled and settled.state == State.DONE else None,
        returned_at=back.at if back else None,
        returned_how=next(iter(back.details.get("how", [])), "") if back else "",
        stands=stands,
    )
