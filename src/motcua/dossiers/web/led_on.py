"""Codes of dossiers that are kept elsewhere lead to where they are shown."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now

from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.elsewhere import find_elsewhere, put_away
from motcua.dossiers.web.track import SECONDS, TIMES

View = Callable[..., HttpResponse]


def or_elsewhere(view: View) -> View:
    """Lead a reader of a dossier that is not kept here to where it is shown, or told of."""

    @wraps(view)
    def shown(request: HttpRequest, code: str) -> HttpResponse:
        try:
            return view(request, code)
        except UnknownDossier:
            at = localtime(now())
            check_rate("dossiers.track", address_of(request), times=TIMES, seconds=SECONDS, at=at)
            found = find_elsewhere(code, at=at)
            if found is not None and found.is_told:
                return redirect(found.address)
            if found is not None or put_away(code) is not None:
                return redirect("dossiers:status", code=code)
            raise

    return shown
