"""What a payer can do with a bill."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.limits import check_rate
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.payments.adapters.registry import provider_names
from motcua.payments.operations.billing import renew_bill
from motcua.payments.operations.reconciling import reconcile
from motcua.payments.operations.starting import start_payment
from motcua.payments.queries.bills import NoSuchBill
from motcua.payments.queries.bills import bill as bill_named

MOST_CHECKS = 6
"""How often a minute a payer may make us ask the bank."""


@require_POST
@signed_in
def go_to_bank(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Send the payer to the bank's own page; if it does not answer, say so and stay."""
    back = request.build_absolute_uri(reverse("payments:back", kwargs={"bill": bill}))
    try:
        address = start_payment(
            str(bill), request.POST.get("provider", ""), back=back, by=actor_of(request), at=now()
        )
    except NoSuchBill:
        raise
    except Refusal as refusal:
        return _stay(request, bill, refusal)
    return HttpResponseRedirect(address)


@require_POST
@signed_in
def check(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Read the banks' statements now, because the payer says that they have paid."""
    by, at = actor_of(request), now()
    bill_named(str(bill), by=by)
    try:
        check_rate("payments.check", by.id, times=MOST_CHECKS, seconds=60, at=at)
        for name in provider_names():
            reconcile(name, by=Actor.system("payments"), at=at)
    except Refusal as refusal:
        return _stay(request, bill, refusal)
    if not bill_named(str(bill), by=by).is_paid:
        messages.info(
            request,
            _("The money is not here yet. A transfer can take a few minutes; you may close this."),
        )
    return redirect("payments:show", bill=bill)


@require_POST
@signed_in
def renew(request: HttpRequest, bill: UUID) -> HttpResponse:
    """Make a new code for a bill whose time ran out."""
    renew_bill(str(bill), by=actor_of(request), at=now())
    return redirect("payments:show", bill=bill)


def _stay(request: HttpRequest, bill: UUID, refusal: Refusal) -> HttpResponse:
    messages.error(request, sentence_of(refusal))
    return redirect("payments:show", bill=bill)
