"""A due time as a badge: shape, words and the promised moment."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.backbone.formats import clock, day
from motcua.dossiers.rules.clock import Due, day_of, standing
from motcua.dossiers.rules.lifecycle import State

SETTLED = frozenset({State.DONE, State.RETURNED})


class Badge(NamedTuple):
    """What the due macro takes: its shape, its words, and the promise in small print."""

    state: str
    text: str
    detail: str


def due_badge(due: Due, due_at: datetime, state: State, *, at: datetime) -> Badge | None:
    """Return the badge of a due time at a moment; ``None`` when nothing is owed any more."""
    if due is Due.NONE:
        return None
    days, language = (day_of(due_at) - day_of(at)).days, get_language()
    state_, text = _said(due, state, days, due_at - at, language)
    return Badge(state_, text, _promise(due_at, today=days == 0, language=language))


def wait_badge(until: datetime | None, *, at: datetime) -> Badge | None:
    """Return how long somebody is waited for still; ``None`` where nobody is."""
    if until is None:
        return None
    return due_badge(standing(until, State.NEW, at), until, State.NEW, at=at)


def _said(
    due: Due, state: State, days: int, left: timedelta, language: str | None
) -> tuple[str, str]:
    """Return the shape of a badge, and its words but for the promise."""
    late = due is Due.LATE
    if state in SETTLED:
        words = {Due.EARLY: _("Early"), Due.LATE: _("After the promised day")}
        return ("late" if late else "ok"), words.get(due, _("On time"))
    if due is Due.WAITING:
        return "wait", _("Clock stopped")
    minutes = 0 if days else int(abs(left).total_seconds()) // 60
    return due.value, _span(abs(days), minutes, late=late, language=language)


@lru_cache(maxsize=2_000)
def _span(days: int, minutes: int, *, late: bool, language: str | None) -> str:
    """Return how long it is until then or since: days by the calendar, else hours."""
    del language
    late_words = _("%(time)s late") if days else _("%(time)s past the hour")
    text = late_words if late else _("%(time)s left")
    return text % {"time": _time(days, minutes)}


def _time(days: int, minutes: int) -> str:
    if days:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    hours, minutes = divmod(minutes, 60)
    if not hours:
        minutes = max(minutes, 1)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if not minutes:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}


@lru_cache(maxsize=4_000)
def _promise(due_at: datetime, *, today: bool, language: str | None) -> str:
    """Return what was promised, as the same lists say it again and again."""
    del language
    if today:
        return _("promised for %(clock)s today") % {"clock": clock(due_at)}
    return _("promised for %(clock)s %(day)s") % {"clock": clock(due_at), "day": day(due_at)}
