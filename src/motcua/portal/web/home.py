"""The first page and the page of all life events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from motcua.portal.queries.front import lately
from motcua.portal.rules.life_events import LIFE_EVENTS, first_events


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then life events, what is filed most, track by code, and how we serve."""
    return render(
        request, "portal/home.html", {"events": first_events(), "lately": lately(at=now())}
    )


@require_safe
def life_events(request: HttpRequest) -> HttpResponse:
    """Every life event, each leading to the search for it."""
    return render(request, "portal/life_events.html", {"events": LIFE_EVENTS})
