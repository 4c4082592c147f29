"""Agreements: the worklist, one with its steps and its use, and what is decided."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.operations.agreements import Step, take_step
from motcua.exchange.operations.members import NoReason
from motcua.exchange.queries.members import keys_to_renew
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.worklist import (
    HOLDING,
    OVER,
    WAITING,
    agreement,
    agreements,
    counts,
    steps_open,
    use_by_day,
)
from motcua.exchange.web.frames import Problems, exchange_page, problems_in
from motcua.exchange.web.words import TAKEN

VIEWS = {"cho": WAITING, "hieu-luc": HOLDING, "da-het": OVER}


@never_cache
@require_safe
@officials_only()
def listed(request: HttpRequest) -> HttpResponse:
    """Show agreements: those that wait for a decision first."""
    by, at = actor_of(request), now()
    part = part_of(by=by)
    view = request.GET.get("xem", "cho")
    view = view if view in VIEWS else "cho"
    facts = {
        "view": view,
        "counts": {name: counts(by=by, at=at)[shelf] for name, shelf in VIEWS.items()},
        "shelf": agreements(VIEWS[view], before=request.GET.get("truoc", ""), by=by, at=at),
        "later": bool(request.GET.get("truoc")),
        "ending": keys_to_renew(by=by, at=at),
        "at": at,
    }
    return exchange_page(request, "agreements", part, facts)


@never_cache
@require_safe
@officials_only()
def shown(request: HttpRequest, agreement: UUID) -> HttpResponse:
    """Show one agreement."""
    return _page(request, agreement, [])


@require_POST
@officials_only()
def step(request: HttpRequest, agreement: UUID) -> HttpResponse:
    """Take one step on it."""
    try:
        chosen = Step(request.POST.get("step", ""))
    except ValueError:
        raise Http404 from None
    reason = request.POST.get(f"reason-{chosen}", "")
    try:
        take_step(agreement, chosen, reason=reason, by=actor_of(request), at=now())
    except NoReason as error:
        problems = problems_in(error, at="reason")
        return _page(request, agreement, [{**problems[0], "at": f"reason-{chosen}"}])
    messages.success(request, _("{done}. Both sides are told.").format(done=_(TAKEN[chosen])))
    return redirect("exchange:agreement", agreement=agreement)


def _page(request: HttpRequest, id_: UUID, problems: Problems) -> HttpResponse:
    by, at = actor_of(request), now()
    part = part_of(by=by)
    known = agreement(id_, by=by)
    use = use_by_day(id_, by=by, at=at)
    facts = {
        "agreement": known,
        "owner_name": names_of([known.owner]).get(known.owner, known.owner),
        "open": steps_open(known, by=by, at=at),
        "may_renew": known.consumer in part.members and part.writes,
        "use": use,
        "used": sum(calls for _day, calls in use),
        "at": at,
    }
    return exchange_page(request, "agreement", part, facts, problems)
