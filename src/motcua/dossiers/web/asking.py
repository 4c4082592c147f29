"""The applicant asks about their dossier, and reads the agency's answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.asking import ask as keep_question
from motcua.dossiers.queries.questions import questions_on
from motcua.dossiers.rules.questions import AT_ONCE, LONGEST, PER_DAY
from motcua.dossiers.web.dossier import mine_only
from motcua.dossiers.web.pages import page
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked and answered, and take a question in."""
    by, at = actor_of(request), localtime(now())
    text, problem = "", ""
    view = mine_only(code, by=by, at=at)
    if request.method == "POST":
        text = request.POST.get("text", "")[: LONGEST * 2]
        done = attempt(lambda: keep_question(code, text, by=by, at=at))
        if not isinstance(done, Refusal):
            messages.success(request, _("The agency has your question. We tell you its answer."))
            return redirect(f"{reverse('dossiers:ask', kwargs={'code': code})}#cau-{done}")
        problem = sentence_of(done)
    facts = {
        "view": view,
        "title": pack(view.pack).title[get_language() or "vi"],
        "place": agency(view.agency).name,
        "asked": questions_on(code, by=by),
        "at": at,
        "text": text,
        "problem": problem,
        "most": {"per_day": PER_DAY, "at_once": AT_ONCE},
    }
    return page(request, "questions/ask", facts, status=422 if problem else 200)
