"""Hand back the papers of a dossier that came to nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import StaleVersion, sentence_of, status_of
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.desk.further import WAY_WORDS, More, Wanted, said, take
from motcua.dossiers.web.desk.stale import seen_in, stale_facts
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.CLERK)
def papers_back(request: HttpRequest, code: str) -> HttpResponse:
    """Show how papers can go back, and note how they went."""
    by, at = actor_of(request), localtime(now())
    view, more, refusal = for_official(code, by=by, at=at), More.of(request), None
    if request.method == "POST":
        wanted = Wanted(code, "", [], [], seen_in(request), more, by=by, at=at)
        done = attempt(lambda: take(Step.RETURN, wanted))
        if not isinstance(done, Refusal):
            messages.success(request, _("It is noted how the papers went back."))
            return redirect("dossiers:case", code=code)
        view, refusal = for_official(code, by=by, at=at), done
    named = refusal.facts.get("problems") if refusal else None
    wrong = {x["at"]: said(x) for x in named} if isinstance(named, list) else {}
    problems = [{"at": at_field, "message": words} for at_field, words in wrong.items()]
    if refusal and not problems and not isinstance(refusal, StaleVersion):
        problems = [{"at": "", "message": sentence_of(refusal)}]
    ways = [way for way in ReturnBy if way is not ReturnBy.ONLINE]
    facts = {
        "view": view,
        "offered": view.state in CAME_TO_NOTHING and view.returned_at is None,
        "problems": problems,
        **stale_facts(refusal),
        "wrong": wrong,
        "more": more.shown,
        "ways": [(str(way.value), _(WAY_WORDS[way])) for way in ways],
        "way": more["way"] or "0",
        "return_to": view.return_to or {},
    }
    return page(request, "desk/papers_back", facts, status=status_of(refusal) if refusal else 200)
