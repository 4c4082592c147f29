"""Requests to put records right: the list, and one to decide."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.exchange.queries.members import titles_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Invalid, Refusal
from motcua.registrar.operations.corrections import accept, examine, refuse
from motcua.registrar.queries.corrections import (
    PAGE,
    Request,
    may_decide,
    requests,
    standing,
)
from motcua.registrar.queries.corrections import request as request_of
from motcua.registrar.queries.owners import BOOKS, NoSuchRegister, books_of_mine
from motcua.registrar.web.righting import (
    SINCE,
    Righting,
    day_in,
    day_typed,
    righting_of,
    typed_right,
)
from motcua.registrar.web.words import in_words, label

NAMES = {"told": "tra-loi-sai"}
"""What an operation calls otherwise than the page."""
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
    shown = request_of(correction, by=by, at=at)
    if request.method == "POST":
        return _decide(request, shown, by=by, at=at)
    return _page(request, shown, {}, by=by)


def _page(
    request: HttpRequest, shown: Request, wrong: Mapping[str, str], *, by: Actor
) -> HttpResponse:
    whose = titles_of([shown.member]).get(shown.member, (shown.member, shown.member))
    now_says = standing(shown, on=localdate())
    now_words = in_words([(x.path, x.says) for x in now_says], on=localdate())
    stated, wished = (
        in_words([(shown.field, x)], on=localdate())[0] for x in (shown.stated, shown.wished)
    )
    may = may_decide(by=by)
    righting = Righting()
    if may and shown.state == "examined":
        righting = righting_of(now_says, now_words, shown, request, on=localdate())
    facts = {
        "shown": shown,
        "book": BOOKS[shown.register],
        "field": label(shown.field),
        "stated": stated,
        "now_says": [
            (label(x.path), words) for x, words in zip(now_says, now_words, strict=True) if x.says
        ],
        "wished": wished,
        "member": whose[0],
        "may_decide": may,
        "righting": righting,
        "typed": request.POST,
        "wrong": wrong,
        "problems": [{"at": at, "message": message} for at, message in wrong.items()],
        "today": day_typed(request.POST, SINCE),
    }
    return render(request, "registrar/request.html", facts, status=422 if wrong else 200)


def _decide(request: HttpRequest, shown: Request, *, by: Actor, at: datetime) -> HttpResponse:
    number, told = shown.id, request.POST.get("tra-loi", "")
    match request.POST.get("viec"):
        case "xem":
            change = partial(examine, number, by=by, at=at)
        case "chap-nhan":
            since = day_in(request.POST, SINCE)
            if since is None:
                return _page(request, shown, {SINCE: _("There is no such day.")}, by=by)
            right = typed_right(standing(shown, on=localdate(at)), request.POST)
            change = partial(accept, number, right, since=since, told=told, by=by, at=at)
        case "tu-choi":
            change = partial(refuse, number, told=told, by=by, at=at)
        case _:
            raise Malformed
    refused = attempt(change)
    if isinstance(refused, Invalid):
        return _page(request, shown, _wrong(refused), by=by)
    if isinstance(refused, Refusal):
        messages.error(request, sentence_of(refused))
    else:
        messages.success(request, _("Done. The citizen is told."))
    return redirect("registrar:request", correction=number)


def _wrong(refused: Invalid) -> dict[str, str]:
    problems = cast("list[dict[str, str]]", refused.facts.get("problems", []))
    told = ((each["at"], each["message"]) for each in problems)
    return {NAMES.get(at, at): _(message) for at, message in told} or {"": sentence_of(refused)}
