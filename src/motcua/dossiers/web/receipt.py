"""The receipt and appointment slip, on the screen and as a PDF."""

from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.queries.filing import Receipt, receipt
from motcua.dossiers.web.filing_frame import limit_words

TEMPLATE = Path(__file__).parent.parent / "templates" / "dossiers" / "receipt.typ"


@require_safe
@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt; printed, it is one page."""
    found = receipt(code, by=actor_of(request), at=now())
    context = {
        "receipt": found,
        "lang": get_language() or "vi",
        "limit": limit_words(found.limit),
        "track": tracking_address(code),
    }
    return render(request, "dossiers/filing/receipt.html", context)


@require_safe
@signed_in
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Return the receipt as a PDF."""
    found = receipt(code, by=actor_of(request), at=now())
    answer = HttpResponse(render_pdf(TEMPLATE, _on_paper(found)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.dossier.code}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def tracking_address(code: str) -> str:
    """Return the whole address that follows a dossier, for a QR code."""
    return settings.BASE_URL + reverse("dossiers:receipt", kwargs={"code": code})


def _on_paper(found: Receipt) -> dict[str, Any]:
    language = get_language() or "vi"
    dossier = found.dossier
    rows = [
        (_("Procedure"), f"{found.title[language]} ({dossier.procedure})"),
        (_("Filed by"), dossier.applicant_name),
        (_("Filed at"), moment(dossier.filed_at)),
        (_("Result"), found.result[language]),
        (_("Result due"), moment(dossier.due_at)),
    ]
    return {
        "language": language,
        "code": dossier.code,
        "agency": found.agency,
        "applicant": dossier.applicant_name,
        "received_by": "",
        "qr": _qr(tracking_address(dossier.code)),
        "rows": [{"label": label, "value": value} for label, value in rows],
        "papers": [{"name": name[language], "files": count} for name, count in found.papers],
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "title": _("Receipt and appointment slip"),
        "desk": _("One-stop desk"),
        "number": _("No."),
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "qr": _("Scan to follow the dossier"),
        "papers": _("Papers received"),
        "no": _("No."),
        "paper": _("Paper"),
        "files": _("Files"),
        "track": _("Follow the dossier with its code or by scanning the QR code."),
        "applicant": _("Filed by"),
        "clerk": _("Received by"),
        "sign": _("(sign and write your full name)"),
    }


def _qr(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=4)
    return drawn.getvalue().decode()
