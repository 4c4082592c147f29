"""The load of an agency in pictures, each with its table and the way to the dossiers."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.formats import limit, number, percent
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.worktime import Limit, Unit
from motcua.reporting.queries.load import (
    BACK,
    WORK_WORDS,
    Bottleneck,
    Day,
    Load,
    Person,
    Served,
    load,
)
from motcua.reporting.queries.places import READERS
from motcua.reporting.web.words import ANSWER_WORDS, NO_OFFICE, field_words

MOST_BARS = 12
"""How many bars are drawn; all rows stand in the table."""
Bar = tuple[str, str, tuple[int, int, int], str]
Named = tuple[str, Served, str]


@require_safe
@officials_only()
@reads_may_lag
def show(request: HttpRequest) -> HttpResponse:
    """Show the agency's load to those who read reports, and their own to the others."""
    by, at = actor_of(request), now()
    found = load(by=by, at=at, own=request.GET.get("cua") == "toi")
    reads = by.serves(by.agency or "", *READERS)
    facts = {
        "load": found,
        "may_choose": reads,
        "days": BACK.days,
        "ahead": [
            (
                _day(each.day),
                each.due,
                _desk(xem="running", tu=each.day, den=each.day, giu=found.own),
            )
            for each in found.ahead
        ],
        "ahead_columns": [
            (name, each.due) for name, each in zip(_short(found.ahead), found.ahead, strict=True)
        ],
        "back": [
            (_day(each.day), each.received, came, each.settled, settled)
            for each in found.back
            for came, settled in [_behind(each.day, reads=reads)]
        ],
        "back_columns": [
            (name, each.received, each.settled)
            for name, each in zip(_short(found.back), found.back, strict=True)
        ],
        "answers": _answers(found, localdate()),
        "answer_hours": settings.DOSSIER_ANSWER_HOURS,
        "people": [_person(each, found) for each in found.people],
        "bottlenecks": [_bottleneck(each, found) for each in found.bottlenecks],
        "groups": _groups(found, localdate(), drill=reads),
        "bars": _bars,
    }
    return render(request, "reporting/load.html", facts)


def _answers(found: Load, today: date) -> list[tuple[str, int, str]]:
    """Return how what came in online was answered: words, figure and address of each."""
    if found.answers is None:
        return []
    counted = found.answers
    figures = (counted.in_time, counted.late, counted.waits, counted.overdue)
    return [
        (_(words), figure, _report(today - BACK, today, answer))
        for (answer, words), figure in zip(ANSWER_WORDS.items(), figures, strict=True)
    ]


def _groups(found: Load, today: date, *, drill: bool) -> list[tuple[str, str, list[Named]]]:
    """Return what was settled lately by field, office and person, with its name and address."""

    def behind(**asked: str) -> str:
        mine = {"can-bo": found.own} if found.own else {}
        return _report(today - BACK, today, "settled", **asked, **mine) if drill else ""

    fields = [
        (field_words(key), served, behind(**{"linh-vuc": key})) for key, served in found.by_field
    ]
    offices = [
        (each.name or _(NO_OFFICE), served, behind(noi=each.key))
        for each, served in found.by_office
    ]
    people = [
        (each.name, served, behind(**({} if found.own else {"can-bo": each.key})))
        for each, served in found.by_person
    ]
    named = [
        (_("By field"), _("Field"), fields),
        (_("By office"), _("Office"), offices),
        (_("By official"), _("Official"), people),
    ]
    return [each for each in named if each[2]]


def _bars(rows: list[Named]) -> list[Bar]:
    return [bar_of(name, served) for name, served, _to in rows[:MOST_BARS]]


def bar_of(name: str, served: Served) -> Bar:
    """Return one bar of early, on time and late, with its words."""
    shares = [percent(share) for share in served.shares or (0, 0, 0)]
    words = _("%(early)s early, %(on_time)s on the due day, %(late)s late, of %(settled)s") % {
        "early": shares[0],
        "on_time": shares[1],
        "late": shares[2],
        "settled": number(served.settled),
    }
    parts = (served.early, served.on_time, served.late)
    return name, number(served.settled), parts, f"{name}: {words}"


def _person(person: Person, found: Load) -> dict[str, Any]:
    holder = person.hand.holder or "nobody"
    return {
        "name": person.hand.name or _("Nobody yet"),
        "hand": person.hand,
        "settled": person.settled,
        "median": _span(person.median, found.nominal_day),
        "open": _desk(giu=holder),
        "today": _desk(giu=holder, xem="today"),
        "overdue": _desk(giu=holder, xem="late"),
    }


def _bottleneck(each: Bottleneck, found: Load) -> dict[str, Any]:
    asked = {"cho": each.work, "giu": found.own}
    return {
        "name": _(WORK_WORDS[each.work]),
        "now": each,
        "waiting": _desk(**asked),
        "late": _desk(**asked, xem="stage-late"),
        "median": _span(each.median, found.nominal_day),
        "ninety": _span(each.ninety, found.nominal_day),
    }


def _span(value: timedelta | None, nominal_day: timedelta) -> str:
    """Return a working time in working days or hours; a dash where there is none."""
    if value is None:
        return "–"
    days = value >= nominal_day
    amount = round(Decimal(value / (nominal_day if days else timedelta(hours=1))), 1)
    return limit(Limit(amount, Unit.WORKING_DAYS if days else Unit.WORKING_HOURS))


def _day(day: date) -> str:
    return f"{day.day}/{day.month}"


def _short(days: Sequence[Day]) -> list[str]:
    """Return names that fit under columns: the month is said where it begins."""
    before = [None, *(each.day.month for each in days)]
    return [
        str(each.day.day) if each.day.month == month else _day(each.day)
        for each, month in zip(days, before, strict=False)
    ]


def _desk(**asked: object) -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{reverse('dossiers:desk')}?{urlencode(said)}"


def _behind(day: date, *, reads: bool) -> tuple[str, str]:
    """Return where the dossiers that came in on a day are listed, and those settled."""
    return (_report(day, day, "came"), _report(day, day, "settled")) if reads else ("", "")


def _report(first: date, last: date, column: str, **more: str) -> str:
    asked = {"ky": "ngay", "tu": first, "den": last, "rieng": "1", "cot": column}
    return f"{reverse('reporting:dossiers')}?{urlencode(asked | more)}"
