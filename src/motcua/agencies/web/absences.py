"""Who is away, with whom in their place: an official's own, an administrator's agency's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.agencies.operations.absence import (
    AbsentAlready,
    DeputyAbsent,
    NotAColleague,
    NotATime,
    RoleTooLow,
    end_absence,
    note_absence,
)
from motcua.agencies.queries.absence import Colleague, absences, colleagues, who_may_stand_in
from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import sentence_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal

Problems = list[dict[str, str]]
PARTS = ("day", "month", "year")
YEARS = range(2000, 2101)
"""In which years somebody can be away: others are slips of the keyboard."""


@never_cache
@officials_only()
def absent(request: HttpRequest) -> HttpResponse:
    """Show absences, and note one."""
    by, at = actor_of(request), now()
    if request.method != "POST":
        today = localdate(at).isoformat()
        away = request.GET.get("holder", by.id) if _administers(by) else by.id
        return _page(request, {"since": today, "holder": away}, [], by=by, at=at)
    typed = {name: request.POST.get(name, "") for name in ("holder", "deputy")}
    days = {name: _day(request, name) for name in ("since", "until")}
    boxes = {name: _boxes(request, name) for name in days}
    problems = [
        {"at": name, "message": _("Enter a day that exists.")}
        for name, day in days.items()
        if day is None
    ]
    if not problems:
        problems = _noted(typed, days, by=by, at=at)
    if problems:
        return _page(request, {**typed, **boxes}, problems, by=by, at=at)
    messages.success(request, _("The absence is noted. The deputy is told."))
    return redirect("agencies:absences")


@require_POST
@officials_only()
def end(request: HttpRequest, absence: int) -> HttpResponse:
    """End an absence now, or call it off."""
    end_absence(absence, by=actor_of(request), at=now())
    messages.success(request, _("The absence has ended."))
    return redirect("agencies:absences")


def _noted(
    typed: dict[str, str], days: dict[str, date | None], *, by: Actor, at: datetime
) -> Problems:
    """Note it from the first day to the end of the last; return what is wrong, if anything is."""
    since, until = (_midnight(days[name] or localdate(at)) for name in ("since", "until"))
    holder = typed["holder"] if _administers(by) and typed["holder"] else by.id
    try:
        until += timedelta(days=1)
        note_absence(by.agency or "", holder, typed["deputy"], since, until, by=by, at=at)
    except (NotATime, NotAColleague, RoleTooLow, DeputyAbsent) as error:
        return [_at("until" if isinstance(error, NotATime) else "deputy", error)]
    except AbsentAlready as error:
        return [_at("since", error)]
    return []


def _at(place: str, error: Refusal) -> dict[str, str]:
    return {"at": place, "message": sentence_of(error)}


def _administers(by: Actor) -> bool:
    return by.agency is not None and by.serves(by.agency, Role.ADMINISTRATOR)


def _boxes(request: HttpRequest, name: str) -> dict[str, str]:
    return {part: request.POST.get(f"{name}-{part}", "").strip() for part in PARTS}


def _day(request: HttpRequest, name: str) -> date | None:
    boxes = _boxes(request, name)
    try:
        day = date(*(int(boxes[part]) for part in reversed(PARTS)))
    except (ValueError, OverflowError):
        return None
    return day if day.year in YEARS else None


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _named(staff: Iterable[Colleague]) -> list[tuple[str, str]]:
    return [(one.id, f"{one.name} – {', '.join(one.titles)}") for one in staff]


def _page(
    request: HttpRequest, typed: dict[str, Any], problems: Problems, *, by: Actor, at: datetime
) -> HttpResponse:
    all_, staff = absences(by=by, at=at), colleagues(by=by, at=at)
    administers = _administers(by)
    known = {one.id for one in staff}
    away = typed["holder"] if administers and typed["holder"] in known else by.id
    deputies = who_may_stand_in(away, staff, named=administers)
    facts = {
        "agency": agency(by.agency or ""),
        "current": [one for one in all_ if not one.is_over(at)],
        "over": [one for one in all_ if one.is_over(at)],
        "people": _named(staff),
        "deputies": _named(deputies),
        "away": next((one.name for one in staff if one.id == away), by.name),
        "administers": administers,
        "me": by.id,
        "at": at,
        "day_after": timedelta(days=1),
        "typed": {"deputy": "", "since": "", "until": "", **typed, "holder": away},
        "problems": problems,
        "wrong": defaultdict(str, {each["at"]: each["message"] for each in problems}),
    }
    status = 422 if problems else 200
    return render(request, "agencies/absences.html", facts, status=status)
