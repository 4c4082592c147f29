"""Whether registries may be asked: what the person agrees to, yes or no, and taking it back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.agreeing import NotSaid, agree, disagree
from motcua.dossiers.queries.known import facts_wanted, whom_of
from motcua.dossiers.queries.statements import statement_of
from motcua.dossiers.web.filing_frame import Way, on_the_way
from motcua.kernel.errors import Refusal
from motcua.registries.queries.consents import consent_for

YES, NO, HEARD = "dong-y", "rut", "nghe"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way()
def consent(request: HttpRequest, way: Way) -> HttpResponse:
    """Say what would be asked and why; note that the person agrees, or takes it back."""
    if request.method == "POST":
        return _answered(request, way)
    return _page(request, way)


def _answered(request: HttpRequest, way: Way) -> HttpResponse:
    after = reverse("dossiers:filing", kwargs={"draft": way.draft.id})
    if request.POST.get("viec") == NO:
        disagree(way.draft.id, by=way.by, at=way.at)
        words = _("No registry is asked any more. What you have taken over stays in your answers.")
        messages.success(request, words)
        return redirect(after)
    said = way.draft.counter is None or HEARD in request.POST
    asked = partial(agree, way.draft.id, way.language, said=said, by=way.by, at=way.at)
    done = attempt(asked)
    if isinstance(done, NotSaid):
        return _page(request, way, problem=sentence_of(done))
    if isinstance(done, Refusal):
        raise done
    return redirect(after)


def _page(request: HttpRequest, way: Way, *, problem: str = "") -> HttpResponse:
    held = consent_for(str(way.draft.id))
    facts = {
        **way.frame(""),
        "page_title": _("What registries may be asked"),
        "statement": statement_of(way.pack, way.language),
        "held": held,
        "whom": whom_of(way.draft, by=way.by, at=way.at),
        "problem": problem,
        "problems": [{"at": HEARD, "message": problem}] if problem else [],
        "here": address(way),
        "back": reverse("dossiers:filing", kwargs={"draft": way.draft.id}),
    }
    return render(request, "dossiers/filing/consent.html", facts, status=422 if problem else 200)


def address(way: Way) -> str:
    """Return the address of the page on which one agrees or takes it back."""
    return reverse("dossiers:filing-consent", kwargs={"draft": way.draft.id})


def consent_line(way: Way) -> dict[str, Any]:
    """Return what a page of the filing says about registries: may be asked, asked, or nothing."""
    if not facts_wanted(way.pack) or whom_of(way.draft, by=way.by, at=way.at) is None:
        return {"consent": None, "consent_at": ""}
    return {"consent": consent_for(str(way.draft.id)), "consent_at": address(way)}
