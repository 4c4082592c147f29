"""Take away everything the portal keeps about me."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.limits import check_rate
from motcua.portal.operations.exporting import ask_for_everything
from motcua.portal.queries.everything import my_export, pieces_of_mine

TIMES, SECONDS = 3, 24 * 3600
"""How often a person may have everything made ready in a day."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def everything(request: HttpRequest) -> HttpResponse:
    """Show how far it is; let it be made ready."""
    by, at = actor_of(request), localtime(now())
    export = my_export(by=by)
    if request.method == "POST":
        if export is None or export.ready_at is not None:
            check_rate("portal.export", by.id, times=TIMES, seconds=SECONDS, at=at)
            ask_for_everything(by=by, at=at)
            messages.success(
                request, _("We are gathering your data and tell you when it is ready.")
            )
        return redirect("portal:everything")
    if export is not None and export.until is not None and export.until <= at:
        export = None
    return render(request, "portal/export/page.html", {"export": export})


@never_cache
@require_safe
@signed_in
def archive(request: HttpRequest) -> HttpResponse:
    """Send the archive, a piece at a time, to the person it is about."""
    by, at = actor_of(request), localtime(now())
    pieces, export = pieces_of_mine(by=by, at=at), my_export(by=by)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{at:%Y%m%d}.zip"'
    answer["Content-Encoding"] = "identity"  # packed already: not to be packed again on its way
    answer["X-Content-Type-Options"] = "nosniff"
    if export is not None:
        answer["Content-Length"] = str(export.size)
    return cast("HttpResponse", answer)  # as good as one to every decorator
