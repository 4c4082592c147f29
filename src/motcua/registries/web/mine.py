"""What I let registries be asked, and what I said is wrong in them."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.looks import LookSeen
from motcua.registries.operations.asking import LOOKED_AT
from motcua.registries.operations.consenting import withdraw_my_consent
from motcua.registries.queries.answers import Register
from motcua.registries.queries.consents import my_consents
from motcua.registries.queries.objections import OBJECTION_WORDS, my_objections


@never_cache
@require_safe
@signed_in
def consents(request: HttpRequest) -> HttpResponse:
    """Show for which filings the reader let registries be asked, and each look that was made."""
    facts = {"consents": my_consents(by=actor_of(request)), "looks_of": _by_minute}
    return render(request, "registries/consents.html", facts)


@require_POST
@signed_in
def withdraw(request: HttpRequest, consent: UUID) -> HttpResponse:
    """Take one consent back."""
    withdraw_my_consent(consent, by=actor_of(request), at=now())
    words = _("No registry is asked any more. What you have taken over stays in your answers.")
    messages.success(request, words)
    return redirect("registries:consents")


@never_cache
@require_safe
@signed_in
def objections(request: HttpRequest) -> HttpResponse:
    """Show what the reader said is wrong, and what the registries' owners made of it."""
    facts = {
        "objections": my_objections(by=actor_of(request)),
        "register_of": _register,
        "words": OBJECTION_WORDS,
        "looks": {"accepted": "ok", "refused": "bad"},
    }
    return render(request, "registries/objections.html", facts)


def _by_minute(looks: Sequence[LookSeen]) -> list[tuple[tuple[str, str, str], int]]:
    """Return the looks as lines (when, into what, by which official), and how many each is."""
    lines = [(moment(x.at), x.what, x.by_name if x.agency else "") for x in looks]
    return list(Counter(lines).items())


def _register(name: str) -> str:
    return _(LOOKED_AT[Register(name)])
