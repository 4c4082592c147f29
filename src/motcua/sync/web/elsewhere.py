"""A dossier at another agency, for its applicant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.queries.elsewhere import STATE_WORDS
from motcua.sync.queries.elsewhere import dossier_elsewhere
from motcua.sync.rules.words import STATUS_SAID


@require_safe
@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show where it stands, the way it went, who keeps it and when they told us."""
    held = dossier_elsewhere(code, by=actor_of(request), at=localtime(now()))
    facts = {"held": held, "line": held.line, "words": STATE_WORDS, "said": STATUS_SAID}
    return render(request, "sync/elsewhere.html", facts)
