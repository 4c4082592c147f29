"""The load of an agency in pictures, each with its table and the way to the dossiers."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.formats import limit, number, percent
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit, Unit
from motcua.reporting.queries.load import BACK, Bottleneck, Day, Load, Person, Served, Work, load
from motcua.reporting.queries.places import READERS
from motcua.reporting.web.words import field_words

WORK_WORDS = {
    Work.ACCEPT: N_("Receiving"),
    Work.HAND_ON: N_("Handing on to a specialist"),
    Work.WORK_OUT: N_("Working out"),
    Work.APPROVE: N_("Approving"),
    Work.OPINION: N_("Opinion of another agency"),
    Work.RETURN: N_("Returning the result"),
}
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
            (_day(each.day), each.due, _desk(tu=each.day, den=each.day, cua=_mine(found)))
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
        "people": [_person(each, found) for each in found.people],
        "bottlenecks": [_bottleneck(each, found) for each in found.bottlenecks],
        "groups": _groups(found, localdate(), drill=reads and not found.own),
        "bars": _bars,
        "late_stage": _desk(xem="stage-late", cua=_mine(found)),
    }
    return render(request, "reporting/load.html", facts)


def _mine(found: Load) -> str:
    return "me" if found.own else ""


def _groups(found: Load, today: date, *, drill: bool) -> list[tuple[str, str, list[Named]]]:
    """Return what was settled lately by field, office and person, with its name and address."""
    first = today - BACK
    fields = [
        (field_words(key), served, _report(first, today, "settled", key) if drill else "")
        for key, served in found.by_field
    ]
    offices = [(key or _("No office named"), served, "") for key, served in found.by_office]
    people = [(key, served, "") for key, served in found.by_person]
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


def _bottleneck(each: Bottleneck, found: Load) -> tuple[str, Bottleneck, str, str]:
    median, ninety = (_span(span, found.nominal_day) for span in (each.median, each.ninety))
    return _(WORK_WORDS[each.work]), each, median, ninety


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


def _report(first: date, last: date, column: str, field: str | None = None) -> str:
    asked = {"ky": "ngay", "tu": first, "den": last, "rieng": "1", "cot": column}
    more = {} if field is None else {"linh-vuc": field}
    return f"{reverse('reporting:dossiers')}?{urlencode(asked | more)}"
