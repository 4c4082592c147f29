"""Look up a code without signing in: where it stands, nothing about anybody."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.elsewhere import ElsewhereLine, find_elsewhere, put_away
from motcua.dossiers.queries.tracking import (
    PublicLinked,
    PublicStatus,
    linked_status_of,
    status_of,
)
from motcua.dossiers.rules.linked import is_linked_code
from motcua.dossiers.rules.receipts import Printed, seal, to_the_minute, unsealed
from motcua.dossiers.web.due import due_badge
from motcua.dossiers.web.pages import page

TIMES, SECONDS = 30, 600
"""How many codes one address may look up in ten minutes."""

SEAL = "g"
"""What the address of a QR code calls the receipt's seal."""

NOTHING: dict[str, object] = {
    "found": None,
    "linked": None,
    "other": None,
    "away": None,
    "printed": None,
    "forged": False,
}
"""What the page knows of a code before it is looked up."""


@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Show the form and, with ``?ma=``, where that dossier or linked filing stands."""
    typed = request.GET.get("ma", "").strip()[:100]
    facts = NOTHING | {"typed": typed} | (_found(request, typed) if typed else {})
    return page(request, "track", facts)


@require_safe
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a code stands; with the seal of a receipt's QR code, what was printed on it."""
    facts = NOTHING | {"typed": code[:100]} | _found(request, code)
    known, token = facts["found"] or facts["linked"], request.GET.get(SEAL, "")
    if token and isinstance(known, PublicStatus | PublicLinked):
        printed = unsealed(known.code, token[:100], key=settings.RECEIPT_KEY)
        moved = printed is not None and printed.due_at != to_the_minute(known.due_at)
        facts |= {"printed": printed, "forged": printed is None, "moved": moved}
    return page(request, "track", facts)


def sealed_address(code: str, *, filed_at: datetime, due_at: datetime) -> str:
    """Return what a receipt's QR code opens: the status page, with the seal of what it says."""
    token = seal(code, Printed(filed_at, due_at), key=settings.RECEIPT_KEY)
    place = reverse("dossiers:status", kwargs={"code": code})
    return f"{settings.BASE_URL}{place}?{urlencode({SEAL: token})}"


def _found(request: HttpRequest, typed: str) -> dict[str, object]:
    at = localtime(now())
    check_rate("dossiers.track", address_of(request), times=TIMES, seconds=SECONDS, at=at)
    known = _known(typed, at=at)
    if isinstance(known, PublicLinked):
        return {"linked": known}
    if isinstance(known, ElsewhereLine):
        due = due_badge(known.due, known.due_at, known.state, at=at) if known.due_at else None
        return {"other": known, "badge": due}
    if known is None:
        return {"away": put_away(typed)}
    badge = due_badge(known.due, known.due_at, known.state, at=at)
    return {"found": known, "place": agency(known.agency).name, "badge": badge}


def _known(typed: str, *, at: datetime) -> PublicStatus | PublicLinked | ElsewhereLine | None:
    try:
        if is_linked_code(typed.strip().upper()):
            return linked_status_of(typed)
        return status_of(typed, at=at)
    except UnknownDossier:
        return find_elsewhere(typed, at=at)
