"""A due time as a badge: shape, words and the promised moment."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.backbone.formats import clock, day
from motcua.dossiers.rules.clock import Due, day_of, standing
from motcua.dossiers.rules.lifecycle import State

SETTLED = frozenset({State.DONE, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Badge:
    """What the due macro takes: its shape, its words, and the promise in small print."""

    state: str
    text: str
    detail: str


def due_badge(due: Due, due_at: datetime, state: State, *, at: datetime) -> Badge | None:
    """Return the badge of a due time at a moment; ``None`` when nothing is owed any more."""
    if due is Due.NONE:
        return None
    if state in SETTLED:
        in_time = due is not Due.LATE
        text = _("On time") if in_time else _("After the promised day")
        return Badge("ok" if in_time else "late", text, _promise(due_at, at))
    if due is Due.WAITING:
        return Badge("wait", _("Clock stopped"), _promise(due_at, at))
    left = _span(at, due_at) if due is not Due.LATE else _span(due_at, at)
    text = _("%(time)s late") if due is Due.LATE else _("%(time)s left")
    return Badge(due.value, text % {"time": left}, _promise(due_at, at))


def wait_badge(until: datetime | None, *, at: datetime) -> Badge | None:
    """Return how long somebody is waited for still; ``None`` where nobody is."""
    if until is None:
        return None
    return due_badge(standing(until, State.NEW, at), until, State.NEW, at=at)


def _span(start: datetime, end: datetime) -> str:
    """Return how long it is from one moment to a later one: days by the calendar, else hours."""
    days = (day_of(end) - day_of(start)).days
    if days:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    hours, minutes = divmod(int((end - start).total_seconds()) // 60, 60)
    if not hours:
        minutes = max(minutes, 1)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if not minutes:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}


def _promise(due_at: datetime, at: datetime) -> str:
    if day_of(due_at) == day_of(at):
        return _("promised for %(clock)s today") % {"clock": clock(due_at)}
    return _("promised for %(clock)s %(day)s") % {"clock": clock(due_at), "day": day(due_at)}
