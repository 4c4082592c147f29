"""Who looked at my data."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.identity.operations.looks import question_look
from motcua.identity.queries.looks import LookAtMe, figures, lookers, looks
from motcua.identity.queries.people import person
from motcua.identity.web.typed import show
from motcua.kernel.exports import as_text

MOST = 20_000
"""How many looks a file holds."""


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
    chosen = _chosen(request)
    page = looks(by=actor, before=older, dossier=chosen["dossier"], agency=chosen["agency"])
    since = now() - timedelta(days=365)
    return show(
        request,
        "who_looked",
        page=page,
        days=_by_day(page.looks),
        figures=figures(since=since, by=actor),
        older=older,
        chosen=chosen,
        lookers=lookers(by=actor),
        query=urlencode({"ho-so": chosen["dossier"], "co-quan": chosen["agency"]}),
    )


@never_cache
@signed_in
def looks_as_file(request: HttpRequest) -> HttpResponse:
    """Give the looks as a table, with the filter of the page."""
    chosen = _chosen(request)
    found = looks(
        by=actor_of(request), limit=MOST, dossier=chosen["dossier"], agency=chosen["agency"]
    ).looks
    text = StringIO()
    writer = csv.writer(text)
    head = (_("Time"), _("Official"), _("Post"), _("Agency"), _("Dossier"), _("Seen"), _("Why"))
    writer.writerow(head)
    for item in found:
        seen = item.seen
        words = (seen.by_name, item.post, item.agency_name, seen.reference)
        row = (*words, _(seen.what), _(seen.purpose))
        writer.writerow([localtime(seen.at).isoformat(timespec="seconds"), *map(as_text, row)])
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="ai-da-xem.csv"'
    return answer


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return what the address asks for: one dossier, one agency."""
    given = request.GET
    dossier, agency = given.get("ho-so", "").strip()[:80], given.get("co-quan", "").strip()[:40]
    return {"dossier": dossier, "agency": agency}


@require_POST
@signed_in
def question(request: HttpRequest, look: int) -> HttpResponse:
    """Ask the agency why it looked."""
    question_look(look, by=actor_of(request), at=now())
    messages.success(request, _("Your question is sent to the agency."))
    return redirect("identity:who_looked")


def _by_day(items: Iterable[LookAtMe]) -> list[tuple[date, list[tuple[str, list[LookAtMe]]]]]:
    """Return looks by day, and in a day by the dossier they belong to, as they came."""
    days = groupby(items, key=lambda item: localdate(item.seen.at))
    return [(day, _by_dossier(group)) for day, group in days]


def _by_dossier(items: Iterable[LookAtMe]) -> list[tuple[str, list[LookAtMe]]]:
    found: dict[str, list[LookAtMe]] = {}
    for item in items:
        found.setdefault(item.seen.reference, []).append(item)
    return list(found.items())
