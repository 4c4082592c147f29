"""Dossiers as lists show them, and a person's own."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField

from motcua.backbone.built import Built
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.models.dossier import ASKS_APPLICANT, DossierQuerySet
from motcua.dossiers.rules.clock import Due, Timing, day_of, standing, timing
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import ENDED, OPEN, State
from motcua.dossiers.rules.linked import SOURCE
from motcua.kernel.actors import Actor
from motcua.kernel.folding import fold
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


class DossierLine(NamedTuple):
    """A dossier as a list shows it; a page makes dozens, and these are made in half the time."""

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
    def of(cls, found: Any, *, at: datetime) -> Self:
        """Return a row that has the columns of ``LINE`` as a list shows it."""
        state = State(found.state)
        return cls(
            id=found.id,
            code=found.code,
            procedure=found.procedure,
            title=found.title,
            applicant_name=found.applicant_name,
            state=state,
            due=_due_of(found, state, at),
            due_at=found.due_at,
            filed_at=found.filed_at,
            unpaid=bool(found.fee) and found.paid_at is None,
            linked=found.source == SOURCE,
        )


class Tab(StrEnum):
    """Which of a person's dossiers a list shows; ``OTHERS`` are those they act for somebody in."""

    ALL = "all"
    TODO = "todo"
    UNDER_WAY = "under-way"
    FINISHED = "finished"
    OTHERS = "others"


MOST_WORDS = 8
MOST_COUNTED = 100


def my_dossiers(
    *,
    by: Actor,
    at: datetime,
    before: int | None = None,
    limit: int = PAGE,
    linked_once: bool = False,
    tab: Tab = Tab.ALL,
    text: str = "",
) -> list[DossierLine]:
    """
    Return the actor's own dossiers, newest first, older than id ``before``; one statement.

    :param linked_once: of the dossiers of one linked filing, return the one opened last only
    :param text: a code, or words of title, code, name or searchable answers, accents left out
    """
    if not by.id:
        return []
    if text:
        mine = list(_listed(tab, by, before, linked_once=linked_once, limit=limit, text=text))
    else:
        shape = {"tab": tab, "linked_once": linked_once, "limit": limit}
        place = () if before is None else (before,)
        mine = _plain.rows(by.id, *place, **shape, continued=bool(place))
    return [DossierLine.of(found, at=at) for found in mine]


def _listed(
    tab: Tab, by: Actor, before: int | None, *, linked_once: bool, limit: int, text: str = ""
) -> QuerySet[Any, Any]:
    mine = _with_words(_in_tab(tab, by), text)
    if linked_once:
        newest = LinkedFiling.objects.filter(newest=OuterRef("code"))
        mine = mine.filter(~Q(source=SOURCE) | Exists(newest))
    if before is not None:
        mine = mine.filter(id__lt=before)
    return mine.order_by("-id").values_list(*LINE, named=True)[:limit]


@Built
def _plain(me: str, *before: int, continued: bool, **shape: Any) -> QuerySet[Any, Any]:
    return _listed(by=Actor(me), before=before[0] if continued else None, **shape)


def to_do(*, by: Actor) -> int:
    """Return how many of the actor's own dossiers wait for them, counting up to 100."""
    return len(_waiting.rows(by.id)) if by.id else 0


def waited_until(codes: Collection[str], *, by: Actor) -> dict[str, datetime]:
    """Return until when each of these waits for the actor; a statement where there are any."""
    if not codes:
        return {}
    mine = Dossier.objects.filter(Q(applicant=by.id) | Q(agent=by.id), code__in=codes)
    waits = mine.values_list("code", "wait_until")
    return {code: until for code, until in waits if until is not None}


@Built
def _waiting(me: str) -> QuerySet[Any, Any]:
    return _in_tab(Tab.TODO, Actor(me)).values_list("id")[:MOST_COUNTED]


def _in_tab(tab: Tab, by: Actor) -> DossierQuerySet:
    if tab is Tab.OTHERS:
        return Dossier.objects.filter(agent=by.id).exclude(applicant=by.id)
    mine = Dossier.objects.filter(applicant=by.id)
    match tab:
        case Tab.TODO:
            return mine.filter(ASKS_APPLICANT)
        case Tab.UNDER_WAY:
            return mine.filter(~ASKS_APPLICANT, state__in=sorted(s.value for s in OPEN))
        case Tab.FINISHED:
            return mine.filter(state__in=sorted(s.value for s in ENDED))
        case _:
            return mine


def _with_words(mine: DossierQuerySet, text: str) -> DossierQuerySet:
    if code := tidy_code(text):
        return mine.filter(code=code)
    title = Func(F("title"), function="catalogue_fold", output_field=TextField())
    for word in fold(text).split()[:MOST_WORDS]:
        mine = mine.alias(folded=title).filter(Q(sought__contains=word) | Q(folded__contains=word))
    return mine


_KEPT = {Timing.EARLY: Due.EARLY, Timing.ON_TIME: Due.IN_TIME, Timing.LATE: Due.LATE}


@for_rooms
def due_of(found: Any, at: datetime) -> Due:
    """Return how the due time of a stored dossier stands."""
    return _due_of(found, State(found.state), at)


def _due_of(found: Any, state: State, at: datetime) -> Due:
    if state in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        return Due.NONE
    if state in (State.DONE, State.RETURNED):
        if found.done_at is None:
            return Due.IN_TIME
        days = day_of(found.done_at), day_of(found.due_at)
        return _KEPT[timing(*days, counted_late=found.counted_late)]
    return standing(found.due_at, state, at)
