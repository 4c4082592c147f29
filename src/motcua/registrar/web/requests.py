"""Requests to put records right: the list, and one to decide."""

from datetime import date, datetime
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries.units import places_named
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.exchange.queries.members import titles_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.registrar.operations.corrections import accept, examine, refuse
from motcua.registrar.queries.corrections import (
    PAGE,
    Request,
    may_decide,
    requests,
)
from motcua.registrar.queries.corrections import request as request_of
from motcua.registrar.queries.owners import BOOKS, NoSuchRegister, books_of_mine
from motcua.registrar.web.words import is_place, label, said

_ROLES = (Role.SPECIALIST, Role.LEADER, Role.AUDITOR)


@never_cache
@require_safe
@officials_only(*_ROLES)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait, or those that are done."""
    by = actor_of(request)
    if not books_of_mine(by=by):
        raise NoSuchRegister
    done, before = request.GET.get("xem") == "xong", request.GET.get("sau", "")
    after = int(before) if before.isdecimal() and len(before) < 19 else None
    found = requests(by=by, done=done, before=after)
    facts = {
        "requests": [(each, BOOKS[each.register], label(each.field)) for each in found],
        "done": done,
        "next": found[-1].id if len(found) == PAGE else None,
    }
    return render(request, "registrar/requests.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*_ROLES)
def one(request: HttpRequest, correction: int) -> HttpResponse:
    """Show a request; take it up, accept it or refuse it."""
    by, at = actor_of(request), now()
    if request.method == "POST":
        return _decide(request, correction, by=by, at=at)
    return _page(request, request_of(correction, by=by, at=at), by=by)


def _page(request: HttpRequest, shown: Request, *, by: Actor) -> HttpResponse:
    whose = titles_of([shown.member]).get(shown.member, (shown.member, shown.member))
    named = {shown.stated, shown.wished} if is_place(shown.field) else set()
    places = places_named(named, on=localdate())
    facts = {
        "shown": shown,
        "book": BOOKS[shown.register],
        "field": label(shown.field),
        "stated": said(shown.field, shown.stated, places),
        "wished": said(shown.field, shown.wished, places),
        "member": whose[0],
        "may_decide": may_decide(by=by),
        "today": localdate(),
    }
    return render(request, "registrar/request.html", facts)


def _decide(request: HttpRequest, number: int, *, by: Actor, at: datetime) -> HttpResponse:
    request_of(number, by=by, at=at)
    told = request.POST.get("tra-loi", "")
    match request.POST.get("viec"):
        case "xem":
            change = partial(examine, number, by=by, at=at)
        case "chap-nhan":
            since = _day(request) or localdate(at)
            change = partial(accept, number, since=since, told=told, by=by, at=at)
        case "tu-choi":
            change = partial(refuse, number, told=told, by=by, at=at)
        case _:
            raise Malformed
    if isinstance(refused := attempt(change), Refusal):
        messages.error(request, sentence_of(refused))
    else:
        messages.success(request, _("Done. The citizen is told."))
    return redirect("registrar:request", correction=number)


def _day(request: HttpRequest) -> date | None:
    parts = [request.POST.get(f"tu-{part}", "") for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None
