"""What is soon due, due today, overdue or unanswered at an agency, counted for who has it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.queries.desk_views import Moments
from motcua.dossiers.rules.access import DESK_STATES
from motcua.dossiers.rules.clock import SOON_DAYS, day_of
from motcua.dossiers.rules.lifecycle import UNSETTLED, WAITING, State
from motcua.dossiers.rules.opinions import OpinionState
from motcua.kernel.actors import Role
from motcua.kernel.scope import for_rooms

FAR = timedelta(days=10)
"""No stage or dossier that is due later than this is near its end."""

_OWED = Q(state__in=sorted(s.value for s in UNSETTLED - WAITING))


@dataclass(frozen=True, slots=True)
class Warnings:
    """
    How many dossiers of an agency need somebody, by kind.

    ``by_holder`` are those an official has in hand, by the account; ``by_role`` those that wait
    for anybody of a role. ``late`` counts what is overdue in the whole agency, ``opinions`` what
    others ask of it and is due by tomorrow.
    """

    by_holder: Mapping[str, Counter[str]] = field(default_factory=dict)
    by_role: Mapping[Role, Counter[str]] = field(default_factory=dict)
    late: int = 0
    opinions: int = 0


@for_rooms
def agencies_to_warn() -> list[str]:
    """Return the agencies that have open dossiers, or are asked for opinions."""
    open_ = Dossier.objects.filter(_OWED).values_list("agency", flat=True).distinct()
    asked = Opinion.objects.filter(state=OpinionState.OPEN).values_list("agency", flat=True)
    return sorted({*open_, *asked})


@for_rooms
def warnings_of(agency: str, *, at: datetime) -> Warnings:
    """Return what is near its end at an agency, or beyond it (two statements)."""
    by_holder: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_role: defaultdict[Role, Counter[str]] = defaultdict(Counter)
    late, moments = 0, Moments.of(at)
    near = Q(due_at__lt=at + FAR) | Q(stage_due_at__lt=at + FAR) | Q(answer_until__lt=at + FAR)
    found = Dossier.objects.filter(_OWED & near, agency=agency)
    for state, stage_role, holder, *times in found.values_list(*COLUMNS).iterator():
        kinds = _kinds(State(state), *times, at=moments)
        late += "late" in kinds
        role = Role.CLERK if State(state) in DESK_STATES else Role(stage_role)
        counted = by_holder[holder] if holder else by_role[role]
        counted.update(kinds)
    asked = Opinion.objects.filter(
        agency=agency, state=OpinionState.OPEN, due_at__lt=localtime(at) + timedelta(days=1)
    )
    return Warnings(
        {person: counts for person, counts in by_holder.items() if counts},
        {role: counts for role, counts in by_role.items() if counts},
        late,
        asked.count(),
    )


@for_rooms
def agencies_with_steps_ending(*, at: datetime) -> list[str]:
    """Return the agencies that have dossiers whose step ends later today (one statement)."""
    ending = Dossier.objects.filter(_OWED, _ending_today(at))
    return sorted(ending.order_by().values_list("agency", flat=True).distinct())


@for_rooms
def steps_ending_today(agency: str, *, at: datetime) -> dict[datetime, tuple[Warnings, datetime]]:
    """
    Return the steps at an agency that began today and end later today (one statement).

    By the beginning of the quarter of an hour in which they began, once that is over; with when
    the first of them ends.
    """
    today = Moments.of(at).midnight - timedelta(days=1)
    began = Q(stage_since__gte=today, stage_since__lt=_quarter(at))
    rows: defaultdict[datetime, list[tuple[State, Role, str, datetime]]] = defaultdict(list)
    found = Dossier.objects.filter(_OWED, _ending_today(at), began, agency=agency)
    for state, role, holder, until, since in found.values_list(
        "state", "stage_role", "holder", "stage_due_at", "stage_since"
    ):
        came = (State(state), Role(role), holder, until or at)
        rows[_quarter(localtime(since))].append(came)
    return {came: (_counted(each), min(row[-1] for row in each)) for came, each in rows.items()}


def _ending_today(at: datetime) -> Q:
    return Q(stage_due_at__gt=at, stage_due_at__lt=Moments.of(at).midnight)


def _quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


def _counted(rows: Iterable[tuple[State, Role, str, datetime]]) -> Warnings:
    by_holder: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_role: defaultdict[Role, Counter[str]] = defaultdict(Counter)
    for state, role, holder, _until in rows:
        if holder:
            by_holder[holder]["stage"] += 1
        else:
            by_role[Role.CLERK if state in DESK_STATES else role]["stage"] += 1
    return Warnings(by_holder, by_role)


COLUMNS = (
    *("state", "stage_role", "holder"),
    *("due_at", "stage_due_at", "answer_until", "answered_at"),
)


def _kinds(
    state: State,
    due: datetime,
    stage_due: datetime | None,
    until: datetime | None,
    answered: datetime | None,
    *,
    at: Moments,
) -> set[str]:
    """Return in which ways a dossier needs somebody, by the conditions of the worklist."""
    kinds, days = set(), (day_of(due) - day_of(at.now)).days
    if due < at.now:
        kinds.add("late")
    elif days <= SOON_DAYS:
        kinds.add("soon" if days else "today")
    if stage_due and stage_due < at.tomorrow:
        kinds.add("stage")
    if state is State.NEW and until and answered is None:
        kinds.add("unanswered")
    return kinds
