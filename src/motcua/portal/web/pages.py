"""Pages of words: how it works, accessibility, privacy."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.backbone.http.public_pages import same_for_strangers


@require_safe
@same_for_strangers(seconds=30)
def help_page(request: HttpRequest) -> HttpResponse:
    """How the portal works, in plain words."""
    return render(request, "portal/help.html")


@require_safe
@same_for_strangers(seconds=30)
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we do so that everyone can use the portal, and what we know is missing."""
    return render(request, "portal/accessibility.html")


@require_safe
@same_for_strangers(seconds=30)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a person, why, how long, who sees it."""
    hours = max(settings.SESSION_COOKIE_AGE // 3600, 1)
    return render(request, "portal/privacy.html", {"session_hours": hours})
