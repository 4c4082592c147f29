"""The first page and the page of all life events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from motcua.backbone.http.public_pages import same_for_strangers
from motcua.portal.queries.front import events_with_procedures, front, main_events
from motcua.portal.rules.life_events import about


@require_safe
@same_for_strangers(seconds=30)
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then life events, what is filed most, track by code, and how we serve."""
    known = {"front": front(at=now()), "events": main_events(), "about": about}
    return render(request, "portal/home.html", known)


@require_safe
@same_for_strangers(seconds=30)
def life_events(request: HttpRequest) -> HttpResponse:
    """Every life event with the procedures that go with it."""
    known = {"events": events_with_procedures(at=now()), "about": about}
    return render(request, "portal/life_events.html", known)
