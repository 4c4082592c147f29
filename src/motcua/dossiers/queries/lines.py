"""Dossiers as lists show them, and a person's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q

from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.rules.clock import Due, Timing, day_of, standing, timing
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.linked import SOURCE
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

PAGE = 20
LINE = (
    "id",
    "code",
    "procedure",
    "title",
    "applicant_name",
    "state",
    "due_at",
    "done_at",
    "filed_at",
    "fee",
    "paid_at",
    "counted_late",
    "source",
)


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier as a list shows it."""

    id: int
    code: str
    procedure: str
    title: str
    applicant_name: str
    state: State
    due: Due
    due_at: datetime
    filed_at: datetime
    unpaid: bool
    linked: bool = False

    @classmethod
    def of(cls, found: Dossier, *, at: datetime) -> Self:
        """Return a stored dossier, read with the columns of ``LINE``, as a list shows it."""
        return cls(
            id=found.pk,
            code=found.code,
            procedure=found.procedure,
            title=found.title,
            applicant_name=found.applicant_name,
            state=State(found.state),
            due=due_of(found, at),
            due_at=found.due_at,
            filed_at=found.filed_at,
            unpaid=bool(found.fee) and found.paid_at is None,
            linked=found.source == SOURCE,
        )


def my_dossiers(
    *,
    by: Actor,
    at: datetime,
    before: int | None = None,
    limit: int = PAGE,
    linked_once: bool = False,
) -> list[DossierLine]:
    """
    Return the actor's own dossiers, newest first, older than id ``before``.

    :param linked_once: of the dossiers of one linked filing, return the one opened last only
    """
    mine = Dossier.objects.filter(applicant=by.id) if by.id else Dossier.objects.none()
    if linked_once:
        newest = LinkedFiling.objects.filter(newest=OuterRef("code"))
        mine = mine.filter(~Q(source=SOURCE) | Exists(newest))
    if before is not None:
        mine = mine.filter(id__lt=before)
    return [DossierLine.of(found, at=at) for found in mine.order_by("-id").only(*LINE)[:limit]]


@for_rooms
def due_of(found: Dossier, at: datetime) -> Due:
    """Return how the due time of a stored dossier stands."""
    state = State(found.state)
    if state in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        return Due.NONE
    if state in (State.DONE, State.RETURNED):
        if found.done_at is None:
            return Due.IN_TIME
        days = day_of(found.done_at), day_of(found.due_at)
        late = timing(*days, counted_late=found.counted_late) is Timing.LATE
        return Due.LATE if late else Due.IN_TIME
    return standing(found.due_at, state, at)
