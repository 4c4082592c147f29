"""What is soon due, due today, overdue or unanswered at an agency, counted for who has it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
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
