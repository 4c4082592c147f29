"""The page of a bill, how it follows what happens, and the way back from the bank."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.payments.queries.bills import bill as bill_named
from motcua.payments.queries.bills import receipts_of
from motcua.payments.queries.ways import way_to_pay
from motcua.payments.web.showing import (
    bill_seen,
    mark_of,
    payee,
    receipt_rows,
    state_of,
)


@require_safe
@never_cache
@signed_in
def show(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Show a bill: how to pay it, or what became of it. No bank is asked to show it."""
    at = now()
    seen = bill_seen(request, bill, at=at)
    state = state_of(seen, at=at)
    way = way_to_pay(seen) if state == "payable" else None
    facts = {
        "bill": seen,
        "state": state,
        "mark": mark_of(seen, at=at),
        "way": way,
        "payee": payee(seen),
        "receipts": receipt_rows(receipts_of(seen.id, by=actor_of(request))),
    }
    answer = render(request, "payments/bill.html", facts)
    if way is not None:
        allowed = {"form-action": [way.origin]}
        setattr(answer, "_csp_update", allowed)  # noqa: B010 (the form's redirect goes there)
    return answer


@require_safe
@never_cache
@signed_in
def status(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Answer the page's question whether anything is new: reload if so, nothing to do if not."""
    seen = bill_named(str(bill), by=actor_of(request))
    answer = HttpResponse(status=204)
    if request.GET.get("dau") != mark_of(seen, at=now()):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@never_cache
@signed_in
def back_from_bank(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Take the payer back from the bank; only what the bank tells us itself counts as paid."""
    seen = bill_seen(request, bill, at=now())
    if not seen.is_paid:
        if request.GET.get("ket-qua") == "huy":
            messages.info(request, _("You left the bank without paying. Nothing was charged."))
        else:
            messages.info(
                request,
                _("You are back from the bank. We are waiting for it to confirm the money."),
            )
    return redirect("payments:show", bill=bill)
