"""When the answer is due, when waiting moved it, and how a due time looks to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from motcua.dossiers.rules.lifecycle import WAITING, State
from motcua.kernel.worktime import (
    ZONE,
    Limit,
    Unit,
    Wait,
    WorkingCalendar,
    due_after_waits,
    due_at,
)


class Due(StrEnum):
    """How a due time stands at a moment; of what is settled, how it was kept, by day."""

    EARLY = "early"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "ok"
    WAITING = "wait"
    NONE = "none"


class Timing(StrEnum):
    """How a settled dossier stands to its due day, as the law counts: by day."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def timing(settled: date, due: date, *, counted_late: bool = False) -> Timing:
    """
    Tell whether something settled on a day was early, on time or late.

    :param counted_late: a second new appointment was needed, so that it is late whenever it ends
    """
    if counted_late or settled > due:
        return Timing.LATE
    return Timing.EARLY if settled < due else Timing.ON_TIME


SOON_DAYS = 2


def limit_facts(limit: Limit) -> dict[str, str]:
    """Return a limit as the dossier keeps it."""
    facts = {"amount": str(limit.amount), "unit": limit.unit.value}
    return facts | ({"cutoff": limit.cutoff.isoformat()} if limit.cutoff else {})


def limit_from(facts: Mapping[str, str]) -> Limit:
    """Return the limit that ``limit_facts`` wrote."""
    cutoff = facts.get("cutoff")
    return Limit(
        Decimal(facts["amount"]),
        Unit(facts["unit"]),
        time.fromisoformat(cutoff) if cutoff else None,
    )


def day_of(moment: datetime) -> date:
    """Return the day a moment falls on here, whatever its time zone."""
    return moment.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class Clock:
    """
    What a dossier's due time is made of; ``waits`` are finished stretches of waiting.

    ``since`` is when its time last began anew, by a new appointment for ``appointed`` or by a
    re-opening: waits before it count no more.
    """

    filed_at: datetime
    limit: Limit
    waits: tuple[Wait, ...] = ()
    since: datetime | None = None
    appointed: datetime | None = None

    def due(self, calendar: WorkingCalendar) -> datetime:
        """Return when the answer is due."""
        begun = self.since or self.filed_at
        if self.appointed is None:
            return due_at(begun, self.limit, calendar, waits=self.waits)
        at_work = _moved_off_day_off(self.appointed, calendar)
        return due_after_waits(at_work, self.waits, self.limit.unit, calendar, since=begun)

    def due_again(self, promised: datetime, calendar: WorkingCalendar) -> datetime:
        """
        Return when it is due now: never before what was ``promised``, at filing or since.

        What would be due after the last day there is stays where it was: no wait is kept from
        ending by a time that was appointed.
        """
        earliest = promised if self.appointed is None else max(promised, self.appointed)
        try:
            due = self.due(calendar)
        except OverflowError:
            return calendar.local(earliest)
        return max(calendar.local(earliest), due)


def stage_due(
    since: datetime,
    limit: Limit | None,
    calendar: WorkingCalendar,
    waits: tuple[Wait, ...] = (),
) -> datetime | None:
    """Return when a stage of the work is to be over, which began ``since``; None: whenever."""
    return None if limit is None else due_at(since, limit, calendar, waits=waits)


def answer_due(filed: datetime, hours: int, calendar: WorkingCalendar) -> datetime:
    """Return until when an online filing is answered: working ``hours`` from its filing."""
    return due_at(filed, Limit(Decimal(hours), Unit.WORKING_HOURS), calendar)


REMINDED_BEFORE = (7, 3, 1)
"""How many days before the end of a wait its applicant is reminded."""


def wait_ends(since: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Return until when the applicant is waited for: the closing of the last of so many days."""
    return due_at(since, Limit(Decimal(days), Unit.DAYS), calendar)


def days_to_remind(until: datetime, at: datetime) -> int | None:
    """
    Return which reminder is due to an applicant who is waited for ``until`` then, if any.

    It is the last one whose day has come: a missed day is made up for, and none is sent twice.
    """
    left = (day_of(until) - day_of(at)).days
    if at >= until:
        return None
    return min((days for days in REMINDED_BEFORE if left <= days), default=None)


def _moved_off_day_off(moment: datetime, calendar: WorkingCalendar) -> datetime:
    """Return a moment, or the closing of the next working day where its own became a day off."""
    local = calendar.local(moment)
    works = calendar.works_on(local.date())
    return local if works else calendar.closing_of(local.date())


def standing(due: datetime, state: State, at: datetime) -> Due:
    """Tell how a due time stands; days are those of the wall calendar here."""
    if state in WAITING:
        return Due.WAITING
    if due < at:
        return Due.LATE
    days = (day_of(due) - day_of(at)).days
    if days < 1:
        return Due.TODAY
    return Due.SOON if days <= SOON_DAYS else Due.IN_TIME
