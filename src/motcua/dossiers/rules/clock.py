"""When the answer is due, when waiting moved it, and how a due time looks to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from motcua.dossiers.rules.lifecycle import WAITING, State
from motcua.kernel.worktime import ZONE, Limit, Unit, Wait, WorkingCalendar, due_at, revised_due


class Due(StrEnum):
    """How a due time stands at a moment."""

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
    """What a dossier's due time is made of; ``waits`` are finished stretches of waiting."""

    filed_at: datetime
    limit: Limit
    waits: tuple[Wait, ...] = ()

    def due(self, calendar: WorkingCalendar) -> datetime:
        """Return when the answer is due."""
        return due_at(self.filed_at, self.limit, calendar, waits=self.waits)

    def due_again(self, promised: datetime, calendar: WorkingCalendar) -> datetime:
        """Return when it is due now: never before what was ``promised`` at filing."""
        return revised_due(promised, self.filed_at, self.limit, calendar, self.waits)


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
