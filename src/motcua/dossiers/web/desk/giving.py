"""Give a dossier to a colleague: pass it on to one of the next post, or within one's own."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart, attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.operations.holding import assign, forward_to, release
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.loads import loads
from motcua.dossiers.rules.access import DESK_STATES
from motcua.dossiers.rules.lifecycle import OPEN, Step
from motcua.dossiers.rules.words import ROLE_WORDS
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.desk.context import after_step, part_of
from motcua.dossiers.web.desk.stale import seen_in
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Show who may have the dossier, with what each has in hand; give it to who was chosen."""
    by, at = actor_of(request), localtime(now())
    view = for_official(code, by=by, at=at)
    if request.method != "POST":
        return _shown(request, view, by=by, at=at)
    who = request.POST.get("nguoi", "")[:80]
    onward = request.POST.get("viec") == "chuyen"

    def giving() -> None:
        if onward:
            forward_to(code, who, by=by, at=at, seen=seen_in(request))
        else:
            assign(code, who, by=by, at=at, was=request.POST.get("dang-giu"))

    done = attempt(giving)
    if isinstance(done, Refusal):
        return _shown(request, for_official(code, by=by, at=at), by=by, at=at, refusal=done)
    messages.success(request, _("%(code)s was given on.") % {"code": code})
    return after_step(request, code, Step.FORWARD, by=by, at=at)


@require_POST
@officials_only()
def lay_down(request: HttpRequest, code: str) -> HttpResponse:
    """Lay a dossier down, so that anybody in the post may take it."""
    by, at = actor_of(request), now()
    apart(lambda: release(code, by=by, at=at))
    messages.success(request, _("You no longer have it in hand; anybody in the post may take it."))
    return redirect("dossiers:case", code=code)


def _shown(
    request: HttpRequest,
    view: DossierView,
    *,
    by: Actor,
    at: datetime,
    refusal: Refusal | None = None,
) -> HttpResponse:
    onward = Step.FORWARD in view.may
    role = _next_post(view) if onward else _post(view)
    held = loads(role, by=by, at=at) if view.state in OPEN else ()
    concerned = {view.applicant, view.agent, view.filer}
    facts = {
        "view": view,
        "onward": onward,
        "post": _(ROLE_WORDS[role]),
        "colleagues": [load for load in held if load.holder not in concerned],
        "chosen": request.POST.get("nguoi", view.holder if not onward else ""),
        "part": part_of(request),
        "problems": [{"at": "nguoi", "message": sentence_of(refusal)}] if refusal else [],
    }
    return page(request, "desk/give", facts, status=status_of(refusal) if refusal else 200)


def _post(view: DossierView) -> Role:
    return Role.CLERK if view.state in DESK_STATES else view.stage_role


def _next_post(view: DossierView) -> Role:
    return Role(pack(view.pack).workflow[1].role)
