"""The page of one procedure: eight questions in fixed order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.agencies.queries.calendars import usual_calendar
from motcua.backbone.http.public_pages import same_for_strangers
from motcua.catalogue.queries.cpsv import schema_org
from motcua.catalogue.queries.procedures import Online, Procedure, procedure
from motcua.catalogue.web.exporting import led_to_data, wanted
from motcua.catalogue.web.wording import REACH, WAYS, cost_in_words, cost_of_pack, levels_in_words
from motcua.kernel.worktime import Limit, Unit, WorkingCalendar, due_at
from motcua.packs.queries.packs import Channel, Pack, pack_for, usual_limit

LONG_TITLE = 90


@dataclass(frozen=True, slots=True)
class Promise:
    """When a dossier filed now is due; and, on a same-day limit, before and after the cut-off."""

    at: datetime
    due: datetime
    cutoff: datetime | None = None
    before: datetime | None = None
    after: datetime | None = None


@require_safe
@same_for_strangers(seconds=30)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show what people need to know of a procedure, and let them file it where it can be filed."""
    if form := wanted(request):
        return led_to_data(code, form)
    at = localtime(now())
    found = procedure(code)
    pack = pack_for(code, on=at.date())
    online = Online.FULL if pack and Channel.ONLINE in pack.channels else found.reading.online
    limit = _limit(found, pack)
    page = {
        "found": found,
        "reading": found.reading,
        "pack": pack,
        "online": online,
        "reach": REACH[online],
        "ways": WAYS,
        "limit": limit,
        "promise": promise_of(limit, at, usual_calendar()) if limit else None,
        "cost": cost_of_pack(pack) if pack else cost_in_words(found.cost, found.fees),
        "cost_of": cost_in_words,
        "levels": levels_in_words(found.reading.levels),
        "filing": f"/nop/{code}/" if pack and Channel.ONLINE in pack.channels else None,
        "long_title": len(found.reading.title) > LONG_TITLE,
        "schema_org": schema_org(
            found, pack, base=settings.BASE_URL, language=get_language() or "vi"
        ),
        "address": settings.BASE_URL + reverse("catalogue:procedure", kwargs={"code": code}),
    }
    answer = render(request, "catalogue/procedure.html", page)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _limit(found: Procedure, pack: Pack | None) -> Limit | None:
    if pack is None:
        return found.limit
    channel = Channel.ONLINE if Channel.ONLINE in pack.channels else pack.channels[0]
    return usual_limit(pack, channel)


def promise_of(limit: Limit, at: datetime, calendar: WorkingCalendar) -> Promise:
    """Return when something filed ``at`` is due on an office's ordinary calendar."""
    due = due_at(at, limit, calendar)
    if limit.unit is not Unit.SAME_DAY or not calendar.works_on(at.date()):
        return Promise(at, due)
    cutoff = datetime.combine(at.date(), limit.cutoff or calendar.same_day_cutoff, calendar.zone)
    return Promise(
        at,
        due,
        cutoff,
        due_at(cutoff, limit, calendar),
        due_at(cutoff + timedelta(minutes=1), limit, calendar),
    )
