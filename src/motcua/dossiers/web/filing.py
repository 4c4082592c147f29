"""Begin a filing, go through the pages of its form, come back to it later."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.operations.drafts import NotOnline, begin_draft, save_answers
from motcua.dossiers.queries.drafts import draft, my_drafts
from motcua.dossiers.queries.filing import page_problems
from motcua.dossiers.web.filing_check import check
from motcua.dossiers.web.filing_frame import CHECK, PAPERS, Way, limit_words, on_the_way
from motcua.dossiers.web.filing_papers import papers
from motcua.forms.queries.forms import SHOWN, Problem, clean, prefilled, step_view
from motcua.identity.queries.people import person
from motcua.packs.queries.packs import Channel, pack, pack_for, usual_limit

BACK_TO_CHECK = "ve"
"""In the address of a page opened from the check page: saving it leads back there."""


@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one needs before beginning, and offer to go on with a draft."""
    by, at = actor_of(request), now()
    definition = pack_for(code, on=localtime(at).date())
    if definition is None:
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
            "drafts": [each for each in mine if each.procedure == code],
        },
    )


@require_POST
@signed_in
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft with what the account knows, and open its first page."""
    by, at = actor_of(request), now()
    draft_id = begin_draft(code, by=by, at=at)
    found = draft(draft_id, by=by)
    known = prefilled(pack(found.pack).form, person(by.id, by=by, at=at))
    save_answers(draft_id, {name: first.value for name, first in known.items()}, by=by, at=at)
    return redirect("dossiers:filing", draft=draft_id)


@require_safe
@on_the_way
def resume(_request: HttpRequest, way: Way) -> HttpResponse:
    """Open the first page that is not finished."""
    for page, _title in way.pages():
        if page in (PAPERS, CHECK) or page_problems(way.pack, way.draft.answers, page, at=way.at):
            return redirect(way.address(page))
    return redirect(way.address(CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@on_the_way
def page(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Show or take one page of the filing."""
    if step == PAPERS:
        return papers(request, way)
    if step == CHECK:
        return check(request, way)
    return _answered(request, way, step) if request.method == "POST" else _shown(request, way, step)


def _shown(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    correcting = BACK_TO_CHECK in request.GET
    answers = way.draft.answers
    problems = page_problems(way.pack, answers, step, at=way.at) if correcting else ()
    return _form(request, way, step, answers, problems)


def _answered(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Keep what was typed, right or wrong; go on when the page is right."""
    posted = {name: request.POST.getlist(name) for name in request.POST}
    given = clean(way.pack.form, step, posted)
    save_answers(way.draft.id, given, by=way.by, at=way.at)
    answers = {**way.draft.answers, **given}
    if "again" in request.POST:
        return _form(request, way, step, answers, ())
    found = page_problems(way.pack, answers, step, at=way.at)
    had = " ".join(posted.get(SHOWN, [])).split()
    known = [problem for problem in found if problem.field.partition(".")[0] in had]
    if found and not known:
        note = _("Your answers lead to more questions on this page. Answer them, then go on.")
        return _form(request, way, step, answers, (), note=note)
    if found:
        return _form(request, way, step, answers, found, status=422)
    correcting = BACK_TO_CHECK in request.GET
    return redirect(way.address(CHECK) if correcting else way.after(step, answers))


def _form(
    request: HttpRequest,
    way: Way,
    step: str,
    answers: Mapping[str, Any],
    problems: Sequence[Problem],
    *,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    view = step_view(
        way.pack.form,
        step,
        answers,
        problems,
        way.language,
        on=way.today,
        sources=_sources(way, answers),
    )
    context = {
        **way.frame(step),
        "view": view,
        "problems": view.problems,
        "more": note,
        "step": step,
        "answered": request.method == "POST",
        "here": request.get_full_path(),
    }
    return render(request, "dossiers/filing/step.html", context, status=status)


def _sources(way: Way, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return where values come from that are still as the account gave them."""
    known = prefilled(way.pack.form, person(way.by.id, by=way.by, at=way.at))
    return {
        name: _(first.source) for name, first in known.items() if answers.get(name) == first.value
    }
