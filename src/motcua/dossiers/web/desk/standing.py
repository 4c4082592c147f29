"""Who stands behind a dossier: who filed it for whom, by what right, and how near they are."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart, attempt
from motcua.backbone.http.downloads import kept_response
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.queries.behind import authority_behind
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.purposes import purpose_of
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.identity.operations.authorities import confirm_authority, revoke_authority
from motcua.identity.queries.authorities import authority, known_authority
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal


def standing_of(view: DossierView, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return by what authority it was filed, if by any, and whether the reader is too near."""
    concerned = {view.applicant, view.agent, view.filer} - {""}
    return {
        "authority": known_authority(str(view.authority), at=at) if view.authority else None,
        "near": any(related(by.id, each) for each in sorted(concerned)),
    }


@require_POST
@officials_only()
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm that who filed it may act for the applicant: the official saw the paper."""
    by, at = actor_of(request), now()
    authority = authority_behind(code, by=by, at=at)
    apart(lambda: confirm_authority(authority, by, at))
    messages.success(request, _("You have confirmed that they may act for the applicant."))
    return redirect("dossiers:case", code=code)


@require_POST
@officials_only()
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """End the authority of who filed it, with the reason: its paper does not show it."""
    by, at = actor_of(request), now()
    authority, reason = authority_behind(code, by=by, at=at), request.POST.get("reason", "")
    done = attempt(lambda: revoke_authority(authority, reason, by, at))
    if isinstance(done, Refusal):
        messages.error(request, sentence_of(done))
    else:
        messages.success(request, _("They may act for the applicant no more. Both are told why."))
    return redirect("dossiers:case", code=code)


@require_safe
@officials_only()
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the paper by which somebody acts for the applicant; the look is written down."""
    by, at = actor_of(request), now()
    known = authority_behind(code, by=by, at=at)
    found = authority(known, by=by, at=at, purpose=purpose_of(by), reference=code)
    files = infos_for_room([found.document] if found.document else [])
    if not files:
        raise Http404
    return kept_response(request, files[0], content_for_room)
