"""An administrator's pages about when their agency works."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.operations.calendars import (
    NoSuchSpecialDay,
    clear_day,
    make_up_day,
    override_day,
    set_hours,
)
from motcua.agencies.queries.agencies import agency
from motcua.agencies.queries.calendars import calendar_of, noted_days_of
from motcua.agencies.web.months import SHORT, WEEKDAYS, year_of
from motcua.agencies.web.reading import CLOSED, Reading, day_change, week_change
from motcua.backbone.formats import day as day_in_words
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.actors import Role

FIRST_YEAR, LAST_YEAR = 2010, 2060


@require_safe
@officials_only(Role.ADMINISTRATOR)
def year(request: HttpRequest) -> HttpResponse:
    """Show a year: its months, its days off and why."""
    id_ = _agency(request)
    today = localdate()
    asked = request.GET.get("nam", "")
    shown = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    shown = min(max(shown, FIRST_YEAR), LAST_YEAR)
    calendar = calendar_of(id_)
    language = (get_language() or "vi")[:2]
    noted = noted_days_of(id_, year=shown, language=language)
    months = year_of(shown, calendar, noted, today)
    facts = {
        "agency": agency(id_),
        "year": shown,
        "before": shown - 1 if shown > FIRST_YEAR else None,
        "after": shown + 1 if shown < LAST_YEAR else None,
        "months": months,
        "worked": sum(month.worked for month in months),
        "calendar": calendar,
        "nominal": _hours(calendar.nominal_day),
        "weekdays": WEEKDAYS,
        "short": SHORT,
    }
    return render(request, "agencies/calendar.html", facts)


@officials_only(Role.ADMINISTRATOR)
def week(request: HttpRequest) -> HttpResponse:
    """Change the hours of the weekdays."""
    id_ = _agency(request)
    calendar = calendar_of(id_)
    typed = {f"day-{number}": str(hours) for number, hours in enumerate(calendar.week)}
    typed |= {
        "nominal": _hours(calendar.nominal_day),
        "cutoff": f"{calendar.same_day_cutoff:%H:%M}",
    }
    reading = Reading(request.POST)
    if request.method == "POST":
        typed = request.POST.dict()
        change = week_change(reading)
        if change is not None:
            set_hours(
                id_,
                change.week,
                reason=change.reason,
                nominal_day=change.nominal_day,
                same_day_cutoff=change.same_day_cutoff,
                by=actor_of(request),
                at=now(),
            )
            messages.success(request, _("The hours of the week were changed."))
            return redirect("agencies:calendar")
    names = {f"day-{number}": _(name) for number, name in enumerate(WEEKDAYS)}
    return _form(request, "agencies/week.html", typed, reading, weekdays=WEEKDAYS, names=names)


@officials_only(Role.ADMINISTRATOR)
def day(request: HttpRequest) -> HttpResponse:
    """Close a date, give it other hours, or make it a make-up day."""
    id_ = _agency(request)
    typed = {"kind": CLOSED, "works_as": "0"} | _parts(request.GET.get("ngay", ""))
    reading = Reading(request.POST)
    if request.method == "POST":
        typed = request.POST.dict()
        change = day_change(reading, calendar_of(id_).week)
        if change is not None:
            by, at, why = actor_of(request), now(), change.reason
            if change.works_as is None:
                override_day(id_, change.day, change.hours, reason=why, by=by, at=at)
            else:
                make_up_day(id_, change.day, change.works_as, reason=why, by=by, at=at)
            return _changed(request, change.day)
    return _form(request, "agencies/day.html", typed, reading, weekdays=WEEKDAYS)


@officials_only(Role.ADMINISTRATOR)
def clear(request: HttpRequest, day: date) -> HttpResponse:
    """Let a date be what week and holidays say again."""
    id_ = _agency(request)
    if not any(noted.own and noted.day == day for noted in noted_days_of(id_, year=day.year)):
        raise NoSuchSpecialDay
    reading = Reading(request.POST)
    if request.method == "POST":
        reason = reading.reason()
        if not reading.problems:
            clear_day(id_, day, reason=reason, by=actor_of(request), at=now())
            return _changed(request, day)
    return _form(request, "agencies/clear.html", request.POST.dict(), reading, day=day)


def _agency(request: HttpRequest) -> str:
    """Return the agency the administrator acts for; the guard has seen that there is one."""
    return actor_of(request).agency or ""


def _changed(request: HttpRequest, day: date) -> HttpResponse:
    told = _("The calendar was changed for {day}.").format(day=day_in_words(day))
    messages.success(request, told)
    return redirect(f"{reverse('agencies:calendar')}?nam={day.year}")


def _form(
    request: HttpRequest, template: str, typed: dict[str, str], reading: Reading, **more: Any
) -> HttpResponse:
    errors = {problem["at"]: problem["message"] for problem in reading.problems}
    facts = {"typed": typed, "problems": reading.problems, "errors": errors, **more}
    facts["agency"] = agency(_agency(request))
    return render(request, template, facts, status=422 if reading.problems else 200)


def _hours(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):g}"


def _parts(text: str) -> dict[str, str]:
    """Return the three boxes of a date that the address names, or nothing."""
    try:
        named = date.fromisoformat(text)
    except ValueError:
        return {}
    return {"day-day": str(named.day), "day-month": str(named.month), "day-year": str(named.year)}
