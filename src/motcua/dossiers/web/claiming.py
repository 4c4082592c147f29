"""Take over a dossier that was filed at a counter, by the secret on its receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.dossiers.operations.claiming import claim as take_over
from motcua.dossiers.web.pages import page
from motcua.kernel.errors import Refusal

TIMES, SECONDS = 10, 3600
"""How often somebody, and an address, may try a secret in an hour."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the secret, and make the dossier the person's own."""
    by, at = actor_of(request), localtime(now())
    typed = (request.POST if request.method == "POST" else request.GET).get("ma", "")[:100]
    secret, refusal = request.POST.get("ma-nhan", "")[:40], None
    if request.method == "POST":
        for who in (by.id, address_of(request)):
            check_rate("dossiers.claim", who, times=TIMES, seconds=SECONDS, at=at)
        done = attempt(lambda: take_over(typed, secret, by=by, at=at))
        if not isinstance(done, Refusal):
            messages.success(request, _("The dossier is yours now: you can follow it here."))
            return redirect("dossiers:show", code=done)
        refusal = done
    problems = [{"at": "ma-nhan", "message": sentence_of(refusal)}] if refusal else []
    facts = {"typed": typed, "problems": problems}
    return page(request, "claim", facts, status=status_of(refusal) if refusal else 200)
