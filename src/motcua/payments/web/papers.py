"""A bill's code as a picture to keep, and the receipt of payment as a PDF."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.backbone.formats import dong, moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.downloads import file_response
from motcua.backbone.pdf import render_pdf
from motcua.kernel.errors import Conflict
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.queries.bills import BillSeen, ReceiptSeen, receipts_of
from motcua.payments.queries.ways import way_to_pay
from motcua.payments.web.showing import bill_seen, payee, payer_name, state_of

TEMPLATE = Path(__file__).parent.parent / "templates" / "payments" / "receipt.typ"


class NotPaidYet(Conflict):
    code = "payments.not-paid-yet"
    message = N_("There is no receipt yet: the bill is not paid. Pay it first.")


class NoCode(Conflict):
    code = "payments.no-code"
    message = N_("This bill has no code to pay with now. Go back to the bill to see why.")


@require_safe
@never_cache
@signed_in
def qr_code(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Give the VietQR code as a picture, for a banking application on the same phone."""
    at = now()
    seen = bill_seen(request, bill, at=at)
    way = way_to_pay(seen) if state_of(seen, at=at) == "payable" else None
    if way is None:
        raise NoCode
    picture = BytesIO()
    segno.make(way.code, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    answer = HttpResponse(picture.getvalue(), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="VietQR-{seen.purpose}.png"'
    return answer


@require_safe
@signed_in
def receipt(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Give the receipt of payment as a PDF, made when asked for."""
    seen = bill_seen(request, bill, at=now())
    if not seen.is_paid:
        raise NotPaidYet
    money = receipts_of(seen.id, by=actor_of(request))
    name = _("Receipt") + f" {seen.subject}.pdf"
    return file_response(
        request,
        name=name,
        media_type="application/pdf",
        tag=f"{seen.id}-{get_language()}-{len(money)}",
        content=lambda: render_pdf(TEMPLATE, _facts(seen, money)),
    )


def _facts(bill: BillSeen, money: list[ReceiptSeen]) -> dict[str, Any]:
    language = (get_language() or "vi")[:2]
    agency = payee(bill)
    facts = [
        (_("Payer"), payer_name(bill)),
        (_("Paid for"), bill.subject),
        (_("Paid at"), moment(bill.paid_at) if bill.paid_at else ""),
        (_("References"), ", ".join(x.reference for x in money if x.counted > Dong(0))),
        (_("Receipt number"), bill.id),
    ]
    return {
        "language": language,
        "issuer": agency.name if agency else bill.agency,
        "title": _("Receipt of payment"),
        "facts": facts,
        "head": [_("What for"), _("Amount")],
        "lines": [(line.titled(language), dong(line.amount)) for line in bill.lines],
        "total": [_("Total"), dong(bill.total)],
        "foot": _(
            "Made by the portal from what the bank or the one-stop desk reported. Compare it with "
            "the bill's page when in doubt."
        ),
    }
