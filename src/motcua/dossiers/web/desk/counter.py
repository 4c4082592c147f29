"""File for who stands at the counter: choose the procedure, say who it is, then fill the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries.agencies import names_of, offices_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import problems_said, sentence_of
from motcua.catalogue.queries.procedures import procedures
from motcua.catalogue.queries.search import search
from motcua.dossiers.operations.carrying import desk_list
from motcua.dossiers.operations.counter import OLDEST_LETTER, PURPOSE, begin_counter
from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.queries.competence import place_of_desk
from motcua.dossiers.queries.drafts import DraftView, counter_drafts, draft
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, check_present
from motcua.dossiers.web.desk.counter_typed import CounterTyped
from motcua.dossiers.web.pages import page
from motcua.forms.queries.forms import Prefill, prefilled
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind
from motcua.identity.queries.people import Person, person
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Channel, Pack, pack, pack_for

KINDS = {
    AuthorityKind.PARENT: N_("Parent of a child"),
    AuthorityKind.GUARDIAN: N_("Guardian"),
    AuthorityKind.ATTORNEY: N_("Power of attorney"),
    AuthorityKind.REPRESENTATIVE: N_("Representative of an organisation"),
}
FOUND = 12
"""How many procedures a search shows."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a card or what was typed says of an applicant, to fill in the form's first values."""

    name: str
    personal_id: str
    birth_date: date | None
    sex: str = ""
    phone: str = ""
    email: str = ""


@never_cache
@require_safe
@officials_only(Role.CLERK)
def index(request: HttpRequest) -> HttpResponse:
    """Find the procedure; go on with what was begun."""
    by, at = actor_of(request), localtime(now())
    typed = request.GET.get("q", "").strip()[:200]
    hits = search(typed, limit=FOUND, on=at.date()).hits if typed else ()
    begun = counter_drafts(by=by)
    names = procedures([x.procedure for x in begun], on=at.date()) if begun else ()
    facts = {
        "agency": _agency_name(by),
        "typed": typed,
        "hits": [x for x in hits if x.filed_here],
        "begun": begun,
        "elsewhere": desk_list(by=by),
        "titles": {x.code: x.title for x in names},
    }
    return page(request, "desk/counter/index", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.CLERK)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Say who stands there, or wrote, and for whom; then open the form for them."""
    by, at = actor_of(request), localtime(now())
    definition = pack_for(code, on=at.date())
    if definition is None:
        raise Http404
    typed = CounterTyped.of(request.POST, offices_of(by.agency or ""), at=at)
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        asked = partial(
            begin_counter, code, typed.present, typed.way, behalf=typed.behalf, by=by, at=at
        )
        problems = _all_that_lacks(typed)
        done = None if problems else attempt(asked)
        if isinstance(done, UUID):
            _fill(done, typed, by=by)
            return redirect("dossiers:filing", draft=done)
        if isinstance(done, Refusal):
            problems = _told(done)
    return _asked(request, definition, typed, problems, by=by)


def _all_that_lacks(typed: CounterTyped) -> list[dict[str, str]]:
    """Return what cannot be read, and where something is, what else is missing: told at once."""
    if not typed.problems:
        return []
    oldest = typed.at - OLDEST_LETTER
    more = attempt(partial(check_present, typed.present, typed.way, at=typed.at, oldest=oldest))
    return [*typed.problems, *(_told(more) if isinstance(more, Refusal) else ())]


def _asked(
    request: HttpRequest,
    definition: Pack,
    typed: CounterTyped,
    problems: list[dict[str, str]],
    *,
    by: Actor,
) -> HttpResponse:
    channels = [
        (value, _(words))
        for value, words in (("counter", N_("At the counter, in person")), ("post", N_("By post")))
        if Channel(value) in definition.channels
    ]
    facts: dict[str, Any] = {
        "agency": _agency_name(by),
        "code": definition.code,
        "title": definition.title[get_language() or "vi"],
        "channels": channels,
        "linked": bool(definition.parts),
        "typed": typed.shown,
        "offices": [(x.id, x.name) for x in typed.offices],
        "papers": [(key, _(words)) for key, words in IDENTITY_PAPERS.items()],
        "kinds": [(kind.value, _(words)) for kind, words in KINDS.items()],
        "problems": problems,
        "errors": {each["at"]: each["message"] for each in reversed(problems)},
    }
    return page(request, "desk/counter/begin", facts, status=422 if problems else 200)


def _told(refused: Refusal) -> list[dict[str, str]]:
    """Return what was refused, at the fields where it was typed."""
    found = problems_said(refused) or [{"at": "who", "message": sentence_of(refused)}]
    return [each | {"at": "who"} if each["at"] == "number" else each for each in found]


def _fill(draft_id: UUID, typed: CounterTyped, *, by: Actor) -> None:
    """Fill in the desk's own place and what is known of the applicant; the clerk checks both."""
    begun = draft(draft_id, by=by)
    place = place_of_desk(pack(begun.pack), by.agency or "", on=localtime(typed.at).date())
    first = {name: x.value for name, x in _known(begun, typed, by=by).items()}
    save_answers(draft_id, {**place, **first}, by=by, at=typed.at)


def _known(begun: DraftView, typed: CounterTyped, *, by: Actor) -> Mapping[str, Prefill]:
    known: Holder | Person
    if begun.counter is not None and not begun.counter["claimable"]:
        known = person(begun.counter["applicant"], by=by, purpose=PURPOSE, at=typed.at)
    elif typed.behalf is None:
        here, card = typed.present, typed.card
        known = Holder(here.name, here.number, here.born, card.sex if card else "", here.phone)
    elif typed.behalf.principal_kind is PartyKind.PERSON:
        known = Holder(typed.behalf.name, typed.behalf.number, typed.behalf.born)
    else:
        return {}
    return prefilled(pack(begun.pack).form, known)


def _agency_name(by: Actor) -> str:
    return names_of([by.agency or ""]).get(by.agency or "", "")
