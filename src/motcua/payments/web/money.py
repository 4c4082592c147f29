"""Money that somebody must look at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.payments.operations.cash import CASH
from motcua.payments.queries.bills import ReceiptSeen, odd_receipts
from motcua.payments.queries.ways import bank_of
from motcua.payments.web.showing import receipt_rows

PAGE = 50


@require_safe
@officials_only()
def odd(request: HttpRequest) -> HttpResponse:
    """Show officials the money that must go back or fits no bill, newest first."""
    before = request.GET.get("truoc", "")
    start = int(before) if before.isdecimal() and len(before) < 18 else None
    found = odd_receipts(by=actor_of(request), before=start, limit=PAGE + 1)
    shown = found[:PAGE]
    rows = [
        (x.subject or x.purpose or "–", *_came_by(x), *row)
        for x, row in zip(shown, receipt_rows(shown), strict=True)
    ]
    older = shown[-1].id if len(found) > PAGE else None
    return render(request, "payments/odd.html", {"rows": rows, "older": older})


def _came_by(receipt: ReceiptSeen) -> tuple[str, str]:
    """Return the bank and its reference; of cash the number of the receipt, without the agency."""
    if receipt.provider == CASH:
        return _("Cash"), receipt.reference.rpartition(":")[2]
    return bank_of(receipt.provider), receipt.reference
