"""The one-stop desk's worklist: by due time, in pages, with counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.lines import LINE, DossierLine
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import OPEN, UNSETTLED, WAITING, State
from motcua.kernel.actors import Actor, Role
from motcua.kernel.folding import fold

MOST_WORDS = 8
"""How many words of a search are looked for."""


class View(StrEnum):
    """What of the agency's open dossiers to show."""

    ALL = "all"
    FOR_ME = "for-me"
    NEW = "new"
    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"
    TO_RETURN = "to-return"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A dossier as the worklist shows it."""

    line: DossierLine
    stage_role: Role
    holder_name: str
    channel: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open dossiers of the agency are in each view."""

    all: int
    for_me: int
    new: int
    late: int
    today: int
    week: int
    waiting: int
    to_return: int


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of the worklist ended."""

    due_at: datetime
    id: int


def worklist(
    *,
    by: Actor,
    at: datetime,
    view: View = View.ALL,
    text: str = "",
    procedure: str = "",
    finished: bool = False,
    after: After | None = None,
    limit: int = 50,
) -> list[DeskLine]:
    """
    Return the open dossiers of the actor's agency, the most urgent first.

    :param text: a whole code, or words of the code, the applicant's name or searchable answers
    :param finished: look among the finished ones too; then the newest come first
    :param after: the last line of the page before
    """
    found = (_ours(by) if finished else _open(by)).filter(_in_view(view, by=by, at=at))
    if text:
        found = _with_words(found, text)
    if procedure:
        found = found.filter(procedure=procedure)
    wanted = _newest_first(found, after) if finished else _urgent_first(found, after)
    wanted = wanted.only(*LINE, "stage_role", "holder_name", "channel")
    return [
        DeskLine(DossierLine.of(x, at=at), Role(x.stage_role), x.holder_name, x.channel)
        for x in wanted[:limit]
    ]


def counts(*, by: Actor, at: datetime) -> Counts:
    """Return how many open dossiers are in each view (one statement over the open ones)."""
    numbers = _open(by).aggregate(
        **{
            view.value.replace("-", "_"): Count("id", filter=_in_view(view, by=by, at=at))
            for view in View
        }
    )
    return Counts(**numbers)


def procedures_open(*, by: Actor) -> list[tuple[str, str]]:
    """Return code and title of each procedure the agency has open dossiers of, for the filter."""
    found = _open(by).order_by("title").values_list("procedure", "title").distinct()
    return list(found)


def _ours(by: Actor) -> DossierQuerySet:
    return Dossier.objects.filter(agency=by.agency) if by.agency else Dossier.objects.none()


def _open(by: Actor) -> DossierQuerySet:
    return _ours(by).filter(state__in=sorted(state.value for state in OPEN))


def _with_words(found: DossierQuerySet, text: str) -> DossierQuerySet:
    """Keep the dossier of a code, or those that have every word: its beginning, or its digits."""
    if code := tidy_code(text):
        return found.filter(code=code)
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return found.none()
    for word in words:
        found = found.filter(sought__contains=f" {word}" if word.isalpha() else word)
    return found


def _urgent_first(found: DossierQuerySet, after: After | None) -> DossierQuerySet:
    if after is not None:
        found = found.filter(
            Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, id__gt=after.id),
            due_at__gte=after.due_at,
        )
    return found.order_by("due_at", "id")


def _newest_first(found: DossierQuerySet, after: After | None) -> DossierQuerySet:
    return (found.filter(id__lt=after.id) if after else found).order_by("-id")


def _in_view(view: View, *, by: Actor, at: datetime) -> Q:
    tomorrow = localtime(at) + timedelta(days=1)
    midnight = tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Q(state__in=[s.value for s in WAITING])
    owed = Q(state__in=[s.value for s in UNSETTLED - WAITING])
    mine = Q(holder="") | Q(holder=by.id)
    roles = [role.value for role in by.roles]
    views: dict[View, Q] = {
        View.ALL: Q(pk__isnull=False),
        View.FOR_ME: mine & Q(stage_role__in=roles) & ~waiting,
        View.NEW: Q(state=State.NEW),
        View.LATE: owed & Q(due_at__lt=at),
        View.TODAY: owed & Q(due_at__gte=at, due_at__lt=midnight),
        View.WEEK: owed & Q(due_at__gte=midnight, due_at__lt=midnight + timedelta(days=6)),
        View.WAITING: waiting,
        View.TO_RETURN: Q(state=State.DONE),
    }
    return views[view]
