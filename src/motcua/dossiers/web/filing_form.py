"""A page of the form of a filing: shown, taken, its rows and files changed in place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers.operations.answer_files import take_files
from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.queries.answer_files import files_shown
from motcua.dossiers.queries.filing import page_problems
from motcua.dossiers.web.filing_consent import consent_line
from motcua.dossiers.web.filing_frame import CHECK, Way
from motcua.dossiers.web.filing_known import TAKE, places_to_ask, take_over
from motcua.dossiers.web.pressed import Pressed, in_place
from motcua.forms.queries.forms import (
    SHOWN,
    Beside,
    Field,
    Kind,
    NoSuchStep,
    Problem,
    clean,
    prefilled,
    rows_changed,
    step_view,
    was_asked,
)
from motcua.identity.queries.people import person
from motcua.packs.queries.packs import refused_by
from motcua.registries.operations.asking import LOOKED_AT
from motcua.registries.queries.answers import Register
from motcua.registries.queries.proofs import proven

BACK_TO_CHECK = "ve"
"""In the address of a page opened from the check page: saving it leads back there."""


def form_page(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """
    Show or take one page of the form.

    :raises NoSuchStep: if the form has no such page
    """
    if step not in {each.id for each in way.pack.form.steps}:
        raise NoSuchStep(step=step)
    if request.method == "POST":
        return _answered(request, way, step)
    answers, pressed = way.draft.answers, Pressed.before(request)
    judged = BACK_TO_CHECK in request.GET and pressed is None
    problems = page_problems(way.pack, answers, step, at=way.at) if judged else ()
    return _drawn(request, way, step, answers, problems, pressed=pressed)


def _answered(request: HttpRequest, way: Way, step: str) -> HttpResponse:
    """Keep what was typed, right or wrong; go on when the page is right."""
    posted = {name: request.POST.getlist(name) for name in request.POST}
    asked = _files_of(way, step)
    refused = take_files(request.FILES, asked, posted, by=way.by, at=way.at)
    changed = rows_changed(way.pack.form, step, posted)
    given = clean(way.pack.form, step, posted) if changed is None else changed
    save_answers(way.draft.id, given, by=way.by, at=way.at)
    answers = {**way.draft.answers, **given}
    if changed is not None or {"again", TAKE} & posted.keys():
        pressed = Pressed.of(posted)
        if refused or in_place(request):
            return _drawn(request, way, step, answers, refused, pressed=pressed)
        take_over(request, way, step, given)
        return pressed.lead_back(request)
    found = [*refused, *page_problems(way.pack, answers, step, at=way.at)]
    had = " ".join(posted.get(SHOWN, [])).split()
    known = [each for each in found if was_asked(way.pack.form, step, each.field, had)]
    if found and not known:
        note = _("Your answers lead to more questions on this page. Answer them, then go on.")
        return _drawn(request, way, step, answers, (), note=note)
    if found:
        return _drawn(request, way, step, answers, found)
    if refused_by(way.pack, answers, on=way.today, asked=way.asked_until(step)):
        return redirect("dossiers:filing-unfit", draft=way.draft.id)
    correcting = BACK_TO_CHECK in request.GET
    return redirect(way.address(CHECK) if correcting else way.after(step, answers))


def _drawn(
    request: HttpRequest,
    way: Way,
    step: str,
    answers: Mapping[str, Any],
    problems: Sequence[Problem],
    *,
    note: str = "",
    pressed: Pressed | None = None,
) -> HttpResponse:
    view = step_view(
        way.pack.form,
        step,
        answers,
        problems,
        way.language,
        on=way.today,
        sources=_sources(way, answers),
        beside=_beside(way, step, answers, pressed or Pressed()),
    )
    context = {
        **way.frame(step),
        "view": view,
        "problems": view.problems,
        "more": note,
        "step": step,
        "answered": request.method == "POST" or pressed is not None,
        "here": request.get_full_path(),
        "ask_for": places_to_ask(way, step),
        **(consent_line(way) if _asks_of(way, step) else {"consent": None, "consent_at": ""}),
    }
    status = 422 if problems and request.method == "POST" else 200
    return render(request, "dossiers/filing/step.html", context, status=status)


def _asks_of(way: Way, step: str) -> bool:
    """Tell whether the page asks something that a registry may hold of who applies."""
    pages = (page for page in way.pack.form.steps if page.id == step)
    return any(field.about for page in pages for field in page.fields)


def _sources(way: Way, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return where values come from that are still as the account gave them."""
    mine: dict[str, str] = {}
    if way.draft.counter is None:
        known = prefilled(way.pack.form, person(way.by.id, by=way.by, at=way.at))
        same = ((n, x) for n, x in known.items() if answers.get(n) == x.value)
        mine = {name: _(first.source) for name, first in same}
    if not settings.REGISTRIES:
        return mine
    told = {
        name: _("%(source)s, %(day)s")
        % {"source": _(LOOKED_AT[Register(each.register)]), "day": f"{each.as_of:%d/%m/%Y}"}
        for name, each in proven(str(way.draft.id), answers).items()
    }
    return mine | told


def _beside(way: Way, step: str, answers: Mapping[str, Any], pressed: Pressed) -> Beside:
    """Return the files that the answers of a page hold, and what a button just did to its rows."""
    ids = [id_ for field in _files_of(way, step) for id_ in _ids(answers.get(field.id))]
    files = files_shown(ids, by=way.by)
    return Beside(files, reverse("files:uploads"), pressed.added, pressed.removed)


def _files_of(way: Way, step: str) -> list[Field]:
    pages = (page for page in way.pack.form.steps if page.id == step)
    return [field for page in pages for field in page.fields if field.kind is Kind.FILES]


def _ids(answer: Any) -> list[str]:
    return [id_ for id_ in answer if isinstance(id_, str)] if isinstance(answer, list) else []
