"""What the State already knows, beside a page of a form: take it, or say that it is wrong."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.dossiers.operations.offering import (
    NotOffered,
    Offer,
    Said,
    can_offer,
    object_to,
    offers,
    take,
)
from motcua.dossiers.web.filing_frame import Way, on_the_way
from motcua.forms.queries.forms import Field, summary_of
from motcua.identity.queries.people import person
from motcua.kernel.errors import Refusal, Unavailable
from motcua.registries.operations.asking import LOOKED_AT
from motcua.registries.queries.answers import Register


def to_offer(way: Way, step: str) -> list[Field]:
    """
    Return the questions of a page that a registry could answer; none for somebody else's filing.

    Also none for an account whose number is only what somebody typed: else one could type a
    stranger's number and read their data.
    """
    for_another = way.draft.counter is not None or way.draft.authority is not None
    if for_another or not settings.REGISTRIES:
        return []
    pages = (page for page in way.pack.form.steps if page.id == step)
    found = can_offer((f for page in pages for f in page.fields), way.draft.answers)
    if not found or person(way.by.id, by=way.by, at=way.at).proven_at is None:
        return []
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way()
def known(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Show what registries know for a page; take one value, or object to it."""
    if request.method == "POST":
        return _answered(request, way, step)
    found, silent = _asked(way, step)
    facts = {
        "offers": [_shown(way, each) for each in found],
        "silent": silent,
        "here": reverse("dossiers:filing-known", kwargs={"draft": way.draft.id, "step": step}),
        "page": way.address(step),
    }
    if request.headers.get("HX-Request"):
        return render(request, "dossiers/filing/_known.html", facts)
    return render(
        request, "dossiers/filing/known.html", {**way.frame(step), **facts, "problems": ()}
    )


def _asked(way: Way, step: str) -> tuple[list[Offer], bool]:
    fields = to_offer(way, step)
    if not fields:
        return [], False
    me = person(way.by.id, by=way.by, at=way.at)
    return offers(fields, person_id=me.personal_id, by=way.by, at=way.at, on=way.today)


def _answered(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    fields = {field.id: field for field in to_offer(way, step)}
    field = fields.get(request.POST.get("cau-hoi", ""))
    if field is None:
        return redirect(way.address(step))
    if request.POST.get("viec") == "sai":
        _object(request, way)
    else:
        _take(request, way, field)
    return redirect(way.address(step))


def _take(request: HttpRequest, way: Way, field: Field) -> None:
    """Take a value over; outside a transaction, for the registry is asked again."""
    me = person(way.by.id, by=way.by, at=way.at).personal_id
    try:
        take(way.draft.id, field, person_id=me, by=way.by, at=way.at, on=way.today)
    except (NotOffered, Unavailable) as refused:
        messages.error(request, sentence_of(refused))


def _object(request: HttpRequest, way: Way) -> None:
    me = person(way.by.id, by=way.by, at=way.at).personal_id
    given = {name: request.POST.get(name, "") for name in ("so", "muc", "truong", "ghi")}
    if given["so"] not in set(map(str, Register)) or not given["muc"] or not given["truong"]:
        raise Malformed
    said = Said(Register(given["so"]), given["muc"][:40], given["truong"][:60], given["ghi"])
    wished, why = request.POST.get("dung-la", ""), request.POST.get("vi-sao", "")
    done = attempt(partial(object_to, said, wished, why, person_id=me, by=way.by, at=way.at))
    if isinstance(done, Refusal):
        messages.error(request, sentence_of(done))
    else:
        words = _("Your objection goes to the registry's owner. You will be told.")
        messages.success(request, words)


def _shown(way: Way, offer: Offer) -> dict[str, Any]:
    answers = {**way.draft.answers, offer.field.id: offer.value}
    sections = summary_of(way.pack.form, answers, way.language, on=way.today)
    lines = [line for section in sections for line in section.lines]
    text = next((line.value for line in lines if line.field == offer.field.id), str(offer.value))
    register = Register(offer.source.register)
    return {
        "field": offer.field.id,
        "label": offer.field.label[way.language],
        "value": text,
        "source": _(LOOKED_AT[register]),
        "on": offer.source.as_of,
        "register": register.value,
        "key": offer.key,
        "path": offer.path,
        "stated": text,
    }
