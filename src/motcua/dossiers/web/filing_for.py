"""For whom is it filed: for oneself, or for somebody the reader acts for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.operations.for_whom import file_for
from motcua.dossiers.web.filing_frame import Way, on_the_way
from motcua.forms.queries.forms import prefilled
from motcua.identity.queries.authorities import Authority, authorities_of_mine
from motcua.identity.queries.parties import PartyKind
from motcua.identity.queries.people import Person, person
from motcua.kernel.personal_id import sex_in

MYSELF = "toi"


@dataclass(frozen=True, slots=True)
class Known:
    """What first values of answers are made of."""

    name: str
    personal_id: str
    birth_date: date | None
    sex: str
    phone: str
    email: str


@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way()
def for_whom(request: HttpRequest, way: Way) -> HttpResponse:
    """Ask for whom the draft is, and fill in what is known of them instead."""
    mine = _offered(way)
    if request.method != "POST":
        return _page(request, way, mine, [])
    chosen = request.POST.get("who", "")
    if chosen not in {MYSELF, *mine}:
        wrong = [{"at": "who", "message": _("Choose for whom you file.")}]
        return _page(request, way, mine, wrong)
    before = mine.get(str(way.draft.authority))
    file_for(way.draft.id, None if chosen == MYSELF else chosen, by=way.by, at=way.at)
    answers = _filled_in(way, before, mine.get(chosen))
    if answers:
        save_answers(way.draft.id, answers, by=way.by, at=way.at)
    return redirect("dossiers:filing", draft=way.draft.id)


def _offered(way: Way) -> dict[str, Authority]:
    """Return by which authorities the reader may file this draft, by their ids."""
    return {
        each.id: each
        for each in authorities_of_mine(by=way.by, at=way.at)
        if each.agent == way.by.id and each.holds and each.covers(way.draft.procedure)
    }


def _filled_in(way: Way, before: Authority | None, after: Authority | None) -> dict[str, Any]:
    """Return the answers that were filled in for one and are to be filled in for another."""
    me = person(way.by.id, by=way.by, at=way.at)
    had = prefilled(way.pack.form, _known(me, before))
    now = prefilled(way.pack.form, _known(me, after))
    given = way.draft.answers
    untouched = {
        name
        for name in had.keys() | now.keys()
        if not given.get(name) or (name in had and given[name] == had[name].value)
    }
    return {name: now[name].value if name in now else None for name in sorted(untouched)}


def _known(me: Person, authority: Authority | None) -> Person | Known:
    """Return what is known of the one acted for, to be reached where the reader is."""
    if authority is None:
        return me
    human = authority.principal_kind is PartyKind.PERSON
    return Known(
        name=authority.principal_name,
        personal_id=authority.principal_number if human else "",
        birth_date=authority.principal_born,
        sex=sex_in(authority.principal_number) if human else "",
        phone=me.phone,
        email=me.email,
    )


def _page(
    request: HttpRequest, way: Way, mine: dict[str, Authority], problems: list[dict[str, str]]
) -> HttpResponse:
    chosen = request.POST.get("who") or str(way.draft.authority or MYSELF)
    facts = {
        "way": way,
        "procedure": way.pack.title[way.language],
        "mine": mine.values(),
        "chosen": chosen,
        "problems": problems,
        "here": request.path,
        "myself": MYSELF,
    }
    return render(request, "dossiers/filing/for_whom.html", facts, status=422 if problems else 200)
