"""
What the State already knows, beside a page of a form: take it, or say that it is wrong.

The page fetches it from each register apart, so that none waits for another. A script puts each
answer beside the form, whose buttons then send the whole form; without scripts it is a page.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.dossiers.operations.offering import (
    AnsweredMeanwhile,
    NotAgreed,
    NotOffered,
    Offer,
    Said,
    can_offer,
    object_to,
    offers,
    take,
)
from motcua.dossiers.queries.known import Whom, register_asked, whom_of
from motcua.dossiers.web.filing_consent import HEARD
from motcua.dossiers.web.filing_frame import Way, on_the_way
from motcua.forms.queries.forms import Field, summary_of
from motcua.kernel.errors import Refusal, Unavailable
from motcua.registries.operations.asking import LOOKED_AT
from motcua.registries.queries.answers import Register
from motcua.registries.queries.consents import consent_for
from motcua.registries.queries.objections import OBJECTION_WORDS, OPEN, MyObjection, objections_of

ONE = "so"
"""In the address: which register is asked, where it is one alone."""
TAKE = "dung"
"""Posted with a page of the form by the button that takes a registry's value; says for what."""


def to_offer(
    way: Way, step: str, answers: Mapping[str, Any] | None = None
) -> tuple[list[Field], Whom | None]:
    """Return the questions of a page that registries may be asked for, and about whom."""
    pages = (page for page in way.pack.form.steps if page.id == step)
    fields = [field for page in pages for field in page.fields]
    if not any(field.about for field in fields) or consent_for(str(way.draft.id)) is None:
        return [], None
    whom = whom_of(way.draft, by=way.by, at=way.at)
    if whom is None:
        return [], None
    given = way.draft.answers if answers is None else answers
    found = can_offer(fields, given, whom.number)
    return [field for field in found if register_asked(field.held_by)], whom


def places_to_ask(way: Way, step: str) -> list[str]:
    """Return where each register is asked for answers of a page; nothing where none could tell."""
    here = _here(way, step)
    return [f"{here}?{ONE}={each}" for each in _registers(to_offer(way, step)[0])]


def take_over(request: HttpRequest, way: Way, step: str, given: Mapping[str, Any]) -> None:
    """Take over the value a page of the form was sent for, if any; what was typed is kept."""
    wanted = request.POST.get(TAKE)
    if not wanted:
        return
    others = {**way.draft.answers, **given}
    others.pop(wanted, None)
    found, whom = to_offer(way, step, others)
    field = next((each for each in found if each.id == wanted), None)
    if field is not None and whom is not None:
        _take(request, way, field, whom, instead=given.get(field.id))


def _here(way: Way, step: str) -> str:
    return reverse("dossiers:filing-known", kwargs={"draft": way.draft.id, "step": step})


def _registers(fields: Iterable[Field]) -> list[Register]:
    asked = (register_asked(field.held_by) for field in fields)
    return list(dict.fromkeys(each for each in asked if each is not None))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way()
def known(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Show what registries know for a page; take one value, or object to it."""
    if request.method == "POST":
        return _answered(request, way, step)
    return _page(request, way, step, {})


def _page(request: HttpRequest, way: Way, step: str, wrong: Mapping[str, str]) -> HttpResponse:
    """Show what is known; where an objection was refused, with what was typed and what is wrong."""
    found, silent = _asked(way, step, request.GET.get(ONE, ""))
    whom = whom_of(way.draft, by=way.by, at=way.at)
    made = objections_of(whom.id) if whom else ()
    mine = {(x.register, x.key, x.field): x for x in reversed(made)}
    facts = {
        "known": _by_register([_shown(way, each, mine) for each in found], silent),
        "heard_from": whom.name if whom and whom.id != way.by.id else "",
        "here": _here(way, step),
        "page": way.address(step),
        "beside": "HX-Request" in request.headers,
        "typed": request.POST if wrong else {},
        "wrong": wrong,
    }
    if facts["beside"]:
        return render(request, "dossiers/filing/_known.html", facts)
    of = request.POST.get("cau-hoi", "")
    problems = [{"at": f"{at}-{of}", "message": said} for at, said in wrong.items()]
    facts = {**way.frame(step), **facts, "problems": problems}
    return render(request, "dossiers/filing/known.html", facts, status=422 if wrong else 200)


def _asked(way: Way, step: str, one: str) -> tuple[list[Offer], list[Register]]:
    """Ask the registers of a page, or one of them; return what is offered and who is silent."""
    fields, whom = to_offer(way, step)
    wanted = [field for field in fields if one in ("", register_asked(field.held_by))]
    if not wanted or whom is None:
        return [], []
    return offers(way.draft.id, wanted, whom=whom, by=way.by, at=way.at, on=way.today)


def _by_register(shown: Iterable[dict[str, Any]], silent: Iterable[Register]) -> list[Any]:
    """Return what is offered by the register that knows it, and the registers without answer."""
    told: dict[str, list[dict[str, Any]]] = {}
    for each in shown:
        told.setdefault(each["source"], []).append(each)
    names = [_(LOOKED_AT[each]) for each in silent]
    return [*told.items(), *((name, []) for name in names if name not in told)]


def _answered(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    found, whom = to_offer(way, step)
    field = {each.id: each for each in found}.get(request.POST.get("cau-hoi", ""))
    if field is None or whom is None:
        return redirect(way.address(step))
    if request.POST.get("viec") == "sai":
        wrong = _object(request, way, whom)
        if wrong:
            return _page(request, way, step, wrong)
    else:
        _take(request, way, field, whom)
    return redirect(way.address(step))


def _take(request: HttpRequest, way: Way, field: Field, whom: Whom, *, instead: Any = None) -> None:
    """Take a value over; outside a transaction, for the registry is asked again."""
    asked = partial(take, way.draft.id, field, whom=whom, instead=instead)
    try:
        asked(by=way.by, at=way.at, on=way.today)
    except (AnsweredMeanwhile, NotAgreed, NotOffered, Unavailable) as refused:
        messages.error(request, sentence_of(refused))


def _object(request: HttpRequest, way: Way, whom: Whom) -> dict[str, str]:
    """Keep an objection, or return what is wrong with it, by field."""
    said = _said(request.POST.get("da-ghi", ""), way)
    wished, why = request.POST.get("dung-la", ""), request.POST.get("vi-sao", "")
    if whom.id != way.by.id and HEARD not in request.POST:
        return {HEARD: _("Tick that the person before you says so, then send it.")}
    asked = partial(object_to, said, wished, why, person_id=whom.number, person=whom.id)
    done = attempt(partial(asked, by=way.by, at=way.at))
    if isinstance(done, Refusal):
        return {"dung-la": sentence_of(done)}
    words = _("Your objection goes to the registry's owner. You will be told.")
    if whom.id != way.by.id:
        words = _(
            "The objection goes to the registry's owner. "
            "With an account, %(name)s sees there what becomes of it."
        ) % {"name": whom.name}
    messages.success(request, words)
    return {}


def _said(sealed: str, way: Way) -> Said:
    """Return what this portal showed, and nobody wrote into the page, of a register's record."""
    try:
        register, *rest = signing.loads(sealed, salt=_seal_of(way))
    except signing.BadSignature:
        raise Malformed from None
    return Said(Register(register), *rest)


def _seal_of(way: Way) -> str:
    return f"registries.offer.{way.draft.id}"


def _shown(
    way: Way, offer: Offer, objections: Mapping[tuple[str, str, str], MyObjection]
) -> dict[str, Any]:
    answers = {**way.draft.answers, offer.field.id: offer.value}
    sections = summary_of(way.pack.form, answers, way.language, on=way.today)
    lines = [line for section in sections for line in section.lines]
    text = next((line.value for line in lines if line.field == offer.field.id), str(offer.value))
    register = Register(offer.source.register)
    objected = objections.get((register.value, offer.key, offer.path))
    return {
        "objected": objected,
        "disputed": objected is not None and objected.state in OPEN,
        "state": _(OBJECTION_WORDS[objected.state]) if objected else "",
        "field": offer.field.id,
        "label": offer.field.label[way.language],
        "value": text,
        "source": _(LOOKED_AT[register]),
        "on": offer.source.as_of,
        "said": signing.dumps([register.value, offer.key, offer.path, text], salt=_seal_of(way)),
    }
