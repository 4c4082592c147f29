"""Begin a filing, go through the pages of its form, come back to it later."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.operations.agreeing import agree
from motcua.dossiers.operations.drafts import NotOnline, begin_draft, save_answers
from motcua.dossiers.queries.drafts import draft, my_drafts
from motcua.dossiers.queries.filing import page_problems
from motcua.dossiers.queries.linked_preview import linked_offer
from motcua.dossiers.queries.statements import statement_of
from motcua.dossiers.web.filing_check import check
from motcua.dossiers.web.filing_form import form_page
from motcua.dossiers.web.filing_frame import CHECK, PAPERS, Way, limit_words, on_the_way
from motcua.dossiers.web.filing_papers import papers
from motcua.forms.queries.forms import prefilled
from motcua.identity.queries.people import person
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import Channel, Pack, pack, pack_for, refused_by, usual_limit

AGREED = "agreed"
"""Posted by the button that begins and lets registries be asked."""
FOR_ANOTHER = "another"
"""Posted by the button of those who do not file for themselves."""


@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one needs before beginning, and offer to go on with a draft."""
    by, at = actor_of(request), now()
    definition = pack_for(code, on=localtime(at).date())
    if definition is None or Channel.ONLINE not in definition.channels:
        raise NotOnline(procedure=code)
    limit = usual_limit(definition, Channel.ONLINE)
    mine = [] if by.is_anonymous else my_drafts(by=by)
    return render(
        request,
        "dossiers/filing/start.html",
        {
            "pack": definition,
            "lang": get_language() or "vi",
            "limit": limit_words(limit) if limit else "",
            "parts": linked_offer(definition, at=at),
            **_registries(definition, by=by, at=at),
            "drafts": [each for each in mine if each.procedure == code],
        },
    )


def _registries(definition: Pack, *, by: Actor, at: datetime) -> dict[str, object]:
    """Return what registries would be asked with the reader's consent, and if they may give it."""
    told = statement_of(definition, get_language() or "vi")
    mine = None if by.is_anonymous or not told.registers else person(by.id, by=by, at=at)
    return {"statement": told, "proven": mine is not None and mine.proven_at is not None}


@require_POST
@signed_in
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft with what the account knows, and open its first page."""
    by, at = actor_of(request), now()
    draft_id = begin_draft(code, by=by, at=at)
    found = draft(draft_id, by=by)
    known = prefilled(pack(found.pack).form, person(by.id, by=by, at=at))
    save_answers(draft_id, {name: first.value for name, first in known.items()}, by=by, at=at)
    if AGREED in request.POST:
        agree(draft_id, get_language() or "vi", by=by, at=at)
    return redirect(
        "dossiers:filing-for" if FOR_ANOTHER in request.POST else "dossiers:filing", draft=draft_id
    )


@require_safe
@on_the_way()
def resume(_request: HttpRequest, way: Way) -> HttpResponse:
    """Open the first page that is not finished."""
    if refused_by(way.pack, way.draft.answers, on=way.today, asked=way.draft.answers):
        return redirect("dossiers:filing-unfit", draft=way.draft.id)
    for page, _title in way.pages():
        if page in (PAPERS, CHECK) or page_problems(way.pack, way.draft.answers, page, at=way.at):
            return redirect(way.address(page))
    return redirect(way.address(CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way()
def page(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Show or take one page of the filing."""
    if step == PAPERS:
        return papers(request, way)
    if step == CHECK and way.draft.counter is not None:
        return redirect("dossiers:counter-check", draft=way.draft.id)
    if step == CHECK:
        return check(request, way)
    return form_page(request, way, step)
