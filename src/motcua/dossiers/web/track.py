"""Look up a code without signing in: where it stands, nothing about anybody."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.tracking import PublicStatus, status_of
from motcua.dossiers.web.due import due_badge
from motcua.dossiers.web.pages import page

TIMES, SECONDS = 30, 600
"""How many codes one address may look up in ten minutes."""


@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Show the form and, with ``?ma=``, where that dossier stands."""
    typed = request.GET.get("ma", "").strip()[:100]
    facts: dict[str, object] = {"typed": typed, "found": None, "place": "", "badge": None}
    if typed:
        at = localtime(now())
        check_rate("dossiers.track", address_of(request), times=TIMES, seconds=SECONDS, at=at)
        found = _found(typed, at=at)
        if found is not None:
            facts["found"] = found
            facts["place"] = agency(found.agency).name
            facts["badge"] = due_badge(found.due, found.due_at, found.state, at=at)
    return page(request, "track", facts)


def _found(typed: str, *, at: datetime) -> PublicStatus | None:
    try:
        return status_of(typed, at=at)
    except UnknownDossier:
        return None
