"""Who looked at my data."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.identity.operations.looks import question_look
from motcua.identity.queries.looks import LookAtMe, figures, looks
from motcua.identity.queries.people import person
from motcua.identity.web.typed import show


@never_cache
@signed_in
def data(request: HttpRequest) -> HttpResponse:
    """Show what the portal keeps about the reader."""
    actor = actor_of(request)
    me = person(actor.id, by=actor, at=now())
    return show(request, "my_data", me=me, days=_by_day(looks(by=actor, limit=3).looks))


@never_cache
@signed_in
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show every recorded look at the reader's data, newest first."""
    actor = actor_of(request)
    before = request.GET.get("truoc", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    page = looks(by=actor, before=older)
    since = now() - timedelta(days=365)
    return show(
        request,
        "who_looked",
        page=page,
        days=_by_day(page.looks),
        figures=figures(since=since, by=actor),
        older=older,
    )


@require_POST
@signed_in
def question(request: HttpRequest, look: int) -> HttpResponse:
    """Ask the agency why it looked."""
    question_look(look, by=actor_of(request), at=now())
    messages.success(request, _("Your question is sent to the agency."))
    return redirect("identity:who_looked")


def _by_day(items: Iterable[LookAtMe]) -> list[tuple[date, list[LookAtMe]]]:
    days = groupby(items, key=lambda item: localdate(item.seen.at))
    return [(day, list(group)) for day, group in days]
