"""The unit's bill, paid from here: straight to the unit, whose bank alone says that it came."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.refusals import sentence_of
from motcua.forwarding.operations.paying import ask_whether_paid, more_time, way_to_bank
from motcua.forwarding.queries.handed import HandedView, NotHanded, handed
from motcua.forwarding.rules.answers import BillTold
from motcua.forwarding.web.dossier import bill_there
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack


class NoSuchBillThere(NotFound):
    code = "forwarding.no-such-bill"
    message = N_("The agency has told us of no such bill. Open it again from your dossier.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A bill on its page: the dossier, the bill, what the page is about, and a mark of its news."""

    view: HandedView
    bill: BillTold
    look: str
    mark: str


@require_safe
@never_cache
@signed_in
def show(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Show how to pay a bill, or what became of it, as the unit said last."""
    shown = _shown(request, code, bill, at=localtime(now()))
    if "ve" in request.GET and shown.look == "payable":
        words = _("You are back from the bank. We are waiting for it to confirm the money.")
        messages.info(request, words)
    language = get_language() or "vi"
    facts = {
        "shown": shown,
        "title": pack(shown.view.manifest.pack).title[language],
        "lines": [
            (x.title_en if language == "en" and x.title_en else x.title, x.amount, x.legal)
            for x in shown.bill.lines
        ],
        "there": bill_there(shown.view, shown.bill),
    }
    answer = render(request, "forwarding/pay.html", facts)
    if pages := shown.bill.account.bank_pages if shown.bill.account else "":
        setattr(answer, "_csp_update", {"form-action": [pages]})  # noqa: B010 (it redirects there)
    return answer


@require_safe
@never_cache
@signed_in
def status(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Answer the page's question whether anything is new: reload if so, nothing to do if not."""
    shown = _shown(request, code, bill, at=now())
    answer = HttpResponse(status=204)
    if request.GET.get("dau") != shown.mark:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@never_cache
@signed_in
def qr_code(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Give the VietQR code as a picture, for a banking application on the same phone."""
    shown = _shown(request, code, bill, at=now())
    if shown.look != "payable" or shown.bill.account is None:
        raise NoSuchBillThere
    picture = BytesIO()
    made = segno.make(shown.bill.account.code, error="m", micro=False)
    made.save(picture, kind="png", scale=10, border=4)
    answer = HttpResponse(picture.getvalue(), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="VietQR-{shown.view.code}.png"'
    return answer


@require_POST
@signed_in
def check(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Ask the unit now, because the payer says that they have paid."""
    by, at = actor_of(request), localtime(now())
    try:
        ask_whether_paid(code, by=by, at=at)
    except NotHanded:
        raise
    except Refusal as refusal:
        return _stay(request, code, bill, refusal)
    if _shown(request, code, bill, at=at).look in ("payable", "expired"):
        words = _("The money is not there yet. It can take a few minutes; you may close this.")
        messages.info(request, words)
    return redirect("forwarding:pay", code=code, bill=bill)


@require_POST
@signed_in
def renew(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Have the unit make a new code for a bill whose time ran out."""
    by, at = actor_of(request), localtime(now())
    try:
        more_time(code, str(bill), by=by, at=at)
    except NotHanded:
        raise
    except Refusal as refusal:
        return _stay(request, code, bill, refusal)
    return redirect("forwarding:pay", code=code, bill=bill)


@require_POST
@signed_in
def go_to_bank(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Send the payer to the unit's bank; if that does not answer, say so and stay."""
    by, at = actor_of(request), localtime(now())
    here = reverse("forwarding:pay", kwargs={"code": code, "bill": bill})
    try:
        return HttpResponseRedirect(way_to_bank(code, str(bill), back=f"{here}?ve=1", by=by, at=at))
    except NotHanded:
        raise
    except Refusal as refusal:
        return _stay(request, code, bill, refusal)


def _shown(request: HttpRequest, code: str, id_: UUID, *, at: datetime) -> Shown:
    view = handed(code, by=actor_of(request))
    bills = view.standing.bills if view.standing else []
    found = next((each for each in bills if each.id == str(id_)), None)
    if found is None:
        raise NoSuchBillThere
    look = found.look(at=at)
    return Shown(view, found, look, f"{look}-{found.received}-{found.refund_due}")


def _stay(request: HttpRequest, code: str, bill: UUID, refusal: Refusal) -> HttpResponse:
    messages.error(request, sentence_of(refusal))
    return redirect("forwarding:pay", code=code, bill=bill)
