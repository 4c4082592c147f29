"""Answer here what the unit asks for; it is handed on to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.files.operations.keeping import keep_upload
from motcua.forwarding.operations.answering import answer
from motcua.forwarding.queries.handed import HandedView, handed
from motcua.forwarding.web.dossier import asked_of
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is asked for, and send it on."""
    view = handed(code, by=actor_of(request))
    asked = asked_of(view, pack(view.manifest.pack), get_language() or "vi")
    if asked is None or not asked["here"]:
        return redirect("forwarding:show", code=view.code)
    if request.method != "POST":
        return _shown(request, view, asked)
    done = attempt(lambda: _send(request, view))
    if isinstance(done, Refusal):
        return _shown(request, view, asked, problem=sentence_of(done))
    messages.success(request, _("We have what you sent, and hand it to the agency."))
    return redirect("forwarding:show", code=view.code)


def _send(request: HttpRequest, view: HandedView) -> None:
    by, at = actor_of(request), localtime(now())
    assert view.standing is not None
    assert view.standing.asked is not None
    papers = {
        paper: [
            keep_upload(file.read(), file.name or "", by=by, at=at).id
            for file in request.FILES.getlist(f"file-{paper}")
        ]
        for paper in view.standing.asked["papers"]
    }
    answer(view.code, papers, request.POST.get("note", ""), by=by, at=at)


def _shown(
    request: HttpRequest, view: HandedView, asked: dict[str, object], *, problem: str = ""
) -> HttpResponse:
    language, definition = get_language() or "vi", pack(view.manifest.pack)
    assert view.standing is not None
    wanted = (view.standing.asked or {}).get("papers", [])
    facts = {
        "view": view,
        "asked": asked,
        "title": definition.title[language],
        "papers": [
            (each.id, each.name[language], ",".join(each.accept))
            for each in definition.papers
            if each.id in wanted
        ],
        "problems": [{"at": "", "message": problem}] if problem else [],
        "note": request.POST.get("note", ""),
    }
    return render(request, "forwarding/supplement.html", facts, status=422 if problem else 200)
