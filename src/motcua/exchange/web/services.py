"""Services: what members offer, one with its description; and the list that anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.queries.members import MemberState, members, own_members
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.refusals import REASONS
from motcua.exchange.queries.services import calls_of, service, services
from motcua.exchange.queries.trust import anchors_listed
from motcua.exchange.queries.upstreams import may_decide
from motcua.exchange.web import words
from motcua.exchange.web.frames import exchange_page


@never_cache
@require_safe
@officials_only()
def listed(request: HttpRequest) -> HttpResponse:
    """Show every service to officials, who can ask for it."""
    part = part_of(by=actor_of(request))
    return exchange_page(request, "services", part, {"services": services()})


@never_cache
@require_safe
@officials_only()
def shown(request: HttpRequest, provider: str, code: str) -> HttpResponse:
    """Show one service with what it answers."""
    part = part_of(by=actor_of(request))
    known = service(provider, code)
    facts = {
        "service": known,
        "owner_name": names_of([known.owner]).get(known.owner, known.owner),
        "operations": calls_of(provider, code),
        "may_place": provider in own_members() and may_decide(known.owner, by=actor_of(request)),
    }
    return exchange_page(request, "service", part, facts)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show anybody who exchanges data here, and what is offered."""
    facts = {
        "members": [one for one in members() if one.state is not MemberState.ENDED],
        "services": services(),
        "anchors": anchors_listed(),
        "words": words,
    }
    return render(request, "exchange/public.html", facts)


@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    """Show anybody why calls are refused, and what their sender does then."""
    return render(request, "exchange/refusals.html", {"reasons": REASONS})
