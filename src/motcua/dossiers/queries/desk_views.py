"""Which dossiers a list of the desk holds: whose they are, where they stand, what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Self, TypedDict

from django.db.models import Q
from django.utils.timezone import localtime, make_aware

from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.desk_words import sought_by, with_words
from motcua.dossiers.rules.clock import SOON_DAYS
from motcua.dossiers.rules.lifecycle import OPEN, UNSETTLED, WAITING, State
from motcua.dossiers.rules.works import Work
from motcua.kernel.actors import Actor, Role
from motcua.kernel.scope import for_rooms


class Whose(StrEnum):
    """
    Whose work a list shows: the agency's, the actor's posts', what they hold, or an office's.

    An office's is what was handed in at that one-stop desk, and is handed back there.
    """

    AGENCY = "agency"
    POST = "post"
    MINE = "mine"
    OFFICE = "office"


class View(StrEnum):
    """What of the open dossiers to show."""

    ALL = "all"
    NEW = "new"
    UNANSWERED = "unanswered"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    WEEK = "week"
    STAGE_SOON = "stage-soon"
    STAGE_LATE = "stage-late"
    SENT_BACK = "sent-back"
    RUNNING = "running"
    WAITING = "waiting"
    OPINION = "opinion"
    TO_RETURN = "to-return"


class Scope(TypedDict):
    """Whose work a list shows, and of which office where it is one's."""

    whose: Whose
    office: int | None


class Sort(StrEnum):
    """The order of a list: by due time, or by when it was filed."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is asked of the worklist; what is empty is not asked.

    ``text`` is a whole code, or words of the code, the applicant's name or searchable answers;
    ``holder`` an account, or ``nobody``; ``work`` what is to be done next;
    ``since`` and ``until`` are days on which dossiers are due, both included; ``finished`` looks
    among the finished ones too.
    """

    whose: Whose = Whose.AGENCY
    view: View = View.ALL
    sort: Sort = Sort.DUE
    text: str = ""
    procedure: str = ""
    field: str = ""
    state: State | None = None
    holder: str = ""
    channel: int | None = None
    office: int | None = None
    work: Work | None = None
    since: date | None = None
    until: date | None = None
    finished: bool = False

    @property
    def narrowed(self) -> bool:
        """Tell whether more is asked than whose, which view and which order."""
        return self != Wanted(**self.scope(), view=self.view, sort=self.sort)

    def scope(self) -> Scope:
        """Return whose work is asked, with the office where it is one's."""
        office = self.office if self.whose is Whose.OFFICE else None
        return {"whose": self.whose, "office": office}


class Moments(NamedTuple):
    """
    A moment, the midnight after it and the next one, and those at which others end.

    ``soon`` ends the two days after its own, ``week`` a week from its own on.
    """

    now: datetime
    midnight: datetime
    tomorrow: datetime
    soon: datetime
    week: datetime

    @classmethod
    def of(cls, at: datetime) -> Self:
        """Return the moments that views tell dossiers apart by."""
        today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(at, *(today + timedelta(days=days) for days in (1, 2, SOON_DAYS + 1, 7)))


NOBODY = "nobody"
"""The holder of what nobody has in hand."""


def ours(*, by: Actor) -> DossierQuerySet:
    """Return all dossiers of the actor's agency."""
    return Dossier.objects.filter(agency=by.agency) if by.agency else Dossier.objects.none()


def open_ones(*, by: Actor) -> DossierQuerySet:
    """Return the dossiers of the actor's agency that somebody still has to do something with."""
    return ours(by=by).filter(state__in=sorted(state.value for state in OPEN))


def wanted_of(
    wanted: Wanted, *, by: Actor, at: Moments, fields: Mapping[str, frozenset[str]]
) -> DossierQuerySet:
    """
    Return the dossiers a list holds, in no order.

    :param fields: the procedures of each field of work
    """
    found = (ours(by=by) if wanted.finished else open_ones(by=by)).filter(
        whose_are(**wanted.scope(), by=by), in_view(wanted.view, by=by, at=at)
    )
    if wanted.text:
        sought = sought_by(wanted.text, finished=wanted.finished, by=by)
        found = with_words(found, sought) if sought else found.none()
    if wanted.procedure:
        found = found.filter(procedure=wanted.procedure)
    if wanted.field:
        found = found.filter(procedure__in=sorted(fields.get(wanted.field, ())))
    return found.filter(_narrow(wanted))


def whose_are(whose: Whose, *, office: int | None = None, by: Actor) -> Q:
    """Return the condition for whose work it is; that of whom one stands in for is one's own."""
    if whose is Whose.OFFICE:
        return Q(office=office) if office is not None else Q(office__isnull=False)
    hands = [by.id, *(absent.id for absent in by.stands_in_for)]
    if whose is Whose.MINE:
        return Q(holder__in=hands)
    if whose is Whose.POST:
        roles = sorted(role.value for role in by.roles)
        waiting = Q(state__in=sorted(s.value for s in WAITING))
        return Q(holder__in=["", *hands], stage_role__in=roles) & ~waiting
    return Q()


def in_view(view: View, *, by: Actor, at: Moments) -> Q:
    """Return the condition for a view of the actor's agency at a moment."""
    waiting = Q(state__in=sorted(s.value for s in WAITING))
    running = Q(state__in=sorted(s.value for s in UNSETTLED - WAITING))
    views: dict[View, Q] = {
        View.ALL: Q(pk__isnull=False),
        View.NEW: Q(state=State.NEW),
        View.UNANSWERED: Q(state=State.NEW, answer_until__isnull=False, answered_at=None),
        View.LATE: running & Q(due_at__lt=at.now),
        View.TODAY: running & Q(due_at__gte=at.now, due_at__lt=at.midnight),
        View.SOON: running & Q(due_at__gte=at.midnight, due_at__lt=at.soon),
        View.WEEK: running & Q(due_at__gte=at.midnight, due_at__lt=at.week),
        View.STAGE_SOON: running & Q(stage_due_at__lt=at.tomorrow),
        View.STAGE_LATE: running & Q(stage_due_at__lt=at.now),
        View.RUNNING: running,
        View.SENT_BACK: Q(state=State.IN_PROCESS, sent_back=True),
        View.WAITING: waiting,
        View.OPINION: Q(pk__in=Opinion.objects.awaited_by(by).values("dossier")),
        View.TO_RETURN: Q(state=State.DONE),
    }
    return views[view]


@for_rooms
def waits_for(work: Work) -> Q:
    """Return the condition for what waits for a work; nothing stands still for an opinion."""
    leads = Q(stage_role=Role.LEADER)
    works: dict[Work, Q] = {
        Work.ACCEPT: Q(state=State.NEW),
        Work.HAND_ON: Q(state=State.RECEIVED),
        Work.WORK_OUT: Q(state=State.IN_PROCESS) & ~leads,
        Work.APPROVE: Q(state=State.IN_PROCESS) & leads,
        Work.OPINION: Q(pk__in=()),
        Work.RETURN: Q(state=State.DONE),
    }
    return works[work]


def _narrow(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.state is not None:
        asked &= Q(state=wanted.state)
    if wanted.holder:
        asked &= Q(holder="" if wanted.holder == NOBODY else wanted.holder)
    if wanted.channel is not None:
        asked &= Q(channel=wanted.channel)
    if wanted.office is not None:
        asked &= Q(office=wanted.office)
    if wanted.work is not None:
        asked &= waits_for(wanted.work)
    if wanted.since is not None:
        asked &= Q(due_at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        asked &= Q(due_at__lt=_midnight(wanted.until) + timedelta(days=1))
    return asked


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
