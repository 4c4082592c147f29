"""What is soon due, due today, overdue or unanswered at an agency, counted for who has it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.rules.access import DESK_STATES
from motcua.dossiers.rules.clock import SOON_DAYS, day_of, is_near
from motcua.dossiers.rules.lifecycle import UNSETTLED, WAITING, State
from motcua.dossiers.rules.opinions import OpinionState
from motcua.kernel.actors import Role
from motcua.kernel.scope import for_rooms
from motcua.kernel.worktime import WorkingCalendar

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
    """Return what is near its end at an agency, or beyond it (three statements)."""
    by_holder: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_role: defaultdict[Role, Counter[str]] = defaultdict(Counter)
    late, calendar = 0, calendar_of(agency)
    near = Q(due_at__lt=at + FAR) | Q(stage_due_at__lt=at + FAR) | Q(answer_until__lt=at + FAR)
    found = Dossier.objects.filter(_OWED & near, agency=agency)
    for state, stage_role, holder, *times in found.values_list(*COLUMNS).iterator():
        kinds = _kinds(*times, at=at, calendar=calendar)
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
    *("due_at", "stage_since", "stage_due_at", "answer_until", "answered_at"),
)


def _kinds(
    due: datetime,
    since: datetime | None,
    stage_due: datetime | None,
    until: datetime | None,
    answered: datetime | None,
    *,
    at: datetime,
    calendar: WorkingCalendar,
) -> set[str]:
    """Return in which ways a dossier needs somebody."""
    kinds, days = set(), (day_of(due) - day_of(at)).days
    if due < at:
        kinds.add("late")
    elif days <= SOON_DAYS:
        kinds.add("soon" if days else "today")
    if since and stage_due and (stage_due < at or is_near(since, stage_due, at, calendar)):
        kinds.add("stage")
    if until and answered is None and day_of(until) <= day_of(at):
        kinds.add("unanswered")
    return kinds
