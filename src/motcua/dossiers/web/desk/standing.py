"""Who stands behind a dossier: who filed it for whom, by what right, and how near they are."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart
from motcua.dossiers.queries.dossiers import DossierView, UnknownDossier, dossier
from motcua.identity.operations.authorities import confirm_authority
from motcua.identity.queries.authorities import NoSuchAuthority, known_authority
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor


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
    view = dossier(code, by=by, at=at)
    if view.agency != by.agency:
        raise UnknownDossier(dossier=code)
    if view.authority is None:
        raise NoSuchAuthority
    authority = str(view.authority)
    apart(lambda: confirm_authority(authority, by, at))
    messages.success(request, _("You have confirmed that they may act for the applicant."))
    return redirect("dossiers:case", code=code)
