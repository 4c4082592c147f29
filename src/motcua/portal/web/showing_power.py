"""Show the paper by which I act for another, and say in which procedures it is good."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.downloads import kept_response
from motcua.backbone.http.refusals import sentence_of
from motcua.files.operations.keeping import attach, forget, keep_upload
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.identity.operations.showing_authority import hold_of, show_authority
from motcua.identity.queries.authorities import Authority, Standing, authority
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.portal.web.choosing import known_in, offered_by_field

SOME = "some"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Ask for the paper and what it covers, or keep them."""
    by, at = _oneself(request), now()
    found = _declared(str(authority), by=by, at=at)
    if request.method != "POST":
        return _form(request, found, "")
    posted = request.POST
    chosen = frozenset(posted.getlist("procedures")) & known_in(offered_by_field(localdate(at)))
    if posted.get("scope") == SOME and not chosen:
        return _form(request, found, _("Choose at least one procedure."), where="procedures")
    sent = request.FILES.get("paper")
    if sent is None and not found.document:
        return _form(request, found, _("Choose a photo or a PDF of the paper."))
    covers = chosen if posted.get("scope") == SOME else frozenset()
    done = attempt(partial(_kept, found, sent, covers, by=by, at=at))
    if isinstance(done, Refusal):
        return _form(request, found, sentence_of(done))
    messages.success(request, _("The paper is there. Officials check it with your first dossier."))
    return redirect(_next(request) or "/uy-quyen/")


@require_safe
@signed_in
def paper(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Show the paper to either of the two."""
    found = _mine(str(authority), by=_oneself(request), at=now())
    files = infos_for_room([found.document] if found.document else [])
    if not files:
        raise Http404
    return kept_response(request, files[0], content_for_room)


def _oneself(request: HttpRequest) -> Actor:
    """Return the reader as the person they are, whatever post they act in."""
    by = actor_of(request)
    return Actor(by.id, by.name)


def _mine(authority_id: str, *, by: Actor, at: datetime) -> Authority:
    return authority(authority_id, by=by, at=at)


def _declared(authority_id: str, *, by: Actor, at: datetime) -> Authority:
    """Return an authority the reader declared and nobody has checked yet."""
    found = _mine(authority_id, by=by, at=at)
    if found.agent != by.id or found.standing is not Standing.DECLARED:
        raise Http404
    return found


def _kept(
    found: Authority,
    sent: "UploadedFile[bytes] | None",
    covers: frozenset[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    document, hold = found.document, hold_of(found.id)
    if sent is not None:
        document = keep_upload(sent.read(), sent.name or "", by=by, at=at).id
        attach([document], to=hold, by=by)
    before = show_authority(found.id, document=document, procedures=covers, by=by, at=at)
    if before:
        forget(before, by=by, at=at, held_by=hold)


def _next(request: HttpRequest) -> str:
    """Return the page of this portal to go back to, if one was named."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") else ""


def _form(
    request: HttpRequest, found: Authority, problem: str, *, where: str = "paper"
) -> HttpResponse:
    posted, post = request.POST, request.method == "POST"
    chosen = posted.getlist("procedures") if post else sorted(found.procedures)
    facts = {
        "one": found,
        "files": infos_for_room([found.document] if found.document else []),
        "scope": posted.get("scope", "all") if post else (SOME if found.procedures else "all"),
        "groups": offered_by_field(localdate()),
        "chosen": chosen,
        "problems": [{"at": where, "message": problem}] if problem else [],
        "wrong": {where: problem} if problem else {},
        "next": _next(request),
    }
    return render(request, "portal/showing_power.html", facts, status=422 if problem else 200)
