"""An official's saved views: keep, rename, order, delete (and take that back), open one first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.operations.saved_views import (
    delete_view,
    keep_view,
    move_view,
    open_first,
    rename_view,
)
from motcua.dossiers.queries.saved_views import saved_views
from motcua.dossiers.web.desk.asking import asked_of
from motcua.dossiers.web.pages import page
from motcua.kernel.errors import Refusal

UNDO = "dossiers.view-deleted"
"""Where a session keeps the view deleted last, so that it can be brought back."""


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def views(request: HttpRequest) -> HttpResponse:
    """Show the views one keeps, and keep another: the worklist that one comes from."""
    by = actor_of(request)
    if request.method != "POST":
        return _shown(request)
    name, query = request.POST.get("ten", ""), asked_of(request.POST.get("hoi", "")).query()
    done = attempt(lambda: keep_view(name, query, by=by))
    if isinstance(done, Refusal):
        return _shown(request, done)
    request.session.pop(UNDO, None)
    messages.success(request, _("Kept. It stands above the worklist from now on."))
    return redirect(asked_of(query).address())


@require_POST
@officials_only()
def change(request: HttpRequest, view: int) -> HttpResponse:
    """Do with a view what the pressed button says."""
    by, what = actor_of(request), request.POST.get("viec", "")
    if what == "xoa":
        gone = next((each for each in saved_views(by=by) if each.id == view), None)
        delete_view(view, by=by)
        if gone is not None:
            request.session[UNDO] = {"ten": gone.name, "hoi": gone.query}
        messages.success(request, _("Deleted. You can bring it back below."))
    elif what in {"len", "xuong"}:
        move_view(view, up=what == "len", by=by)
    elif what in {"mo-dau", "thoi"}:
        open_first(view if what == "mo-dau" else None, by=by)
    else:
        done = attempt(lambda: rename_view(view, request.POST.get("ten", ""), by=by))
        if isinstance(done, Refusal):
            messages.error(request, sentence_of(done))
    return redirect("dossiers:desk-views")


def _shown(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    by = actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    problems = [{"at": "ten", "message": sentence_of(refusal)}] if refusal else []
    facts = {
        "saved": [(each, asked_of(each.query).address()) for each in saved_views(by=by)],
        "adding": "hoi" in given,
        "name": given.get("ten", ""),
        "query": asked_of(given.get("hoi", "")).query(),
        "deleted": request.session.get(UNDO),
        "problems": problems,
    }
    return page(request, "desk/views", facts, status=status_of(refusal) if refusal else 200)
