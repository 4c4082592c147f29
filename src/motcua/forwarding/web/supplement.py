"""Answer here what the unit asks for, papers and answers; it is handed on to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.files.operations.keeping import keep_upload
from motcua.forms.queries.forms import SHOWN, StepView, clean, fields_view, rows_changed
from motcua.forwarding.operations.answering import answer
from motcua.forwarding.queries.correcting import Correcting, correcting
from motcua.forwarding.queries.handed import HandedView, handed
from motcua.forwarding.web.dossier import asked_of
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers and note typed so far; they wait in the session until they are sent."""

    answers: Mapping[str, Any]
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is asked for, and send it on."""
    view, at = handed(code, by=actor_of(request)), localtime(now())
    asked = asked_of(view, pack(view.manifest.pack), get_language() or "vi")
    if asked is None or not asked["here"]:
        return redirect("forwarding:show", code=view.code)
    if request.method != "POST":
        return _shown(request, view, asked, _kept(request, view), at=at)
    typed = _typed(request, view, at=at)
    request.session[_place(view)] = {"answers": dict(typed.answers), "note": typed.note}
    if "send" not in request.POST:
        return redirect("forwarding:supplement", code=view.code)
    return _send(request, view, asked, typed, at=at)


def _send(
    request: HttpRequest,
    view: HandedView,
    asked: dict[str, object],
    typed: Typed,
    *,
    at: datetime,
) -> HttpResponse:
    found = correcting(view, typed.answers, at=at)
    if found.problems:
        return _shown(request, view, asked, typed, at=at, is_wrong=True)
    done = attempt(lambda: _hand_in(request, view, found, typed, at=at))
    if isinstance(done, Refusal):
        return _shown(request, view, asked, typed, at=at, problem=sentence_of(done))
    request.session.pop(_place(view), None)
    messages.success(request, _("We have what you sent, and hand it to the agency."))
    return redirect("forwarding:show", code=view.code)


def _hand_in(
    request: HttpRequest, view: HandedView, found: Correcting, typed: Typed, *, at: datetime
) -> None:
    by = actor_of(request)
    papers = {
        paper: [
            keep_upload(file.read(), file.name or "", by=by, at=at).id
            for file in request.FILES.getlist(f"file-{paper}")
        ]
        for paper in found.papers
    }
    changed = {k: v for k, v in typed.answers.items() if v != found.before.get(k)}
    answers = changed or (typed.answers if typed.note else {})
    answer(view.code, papers, typed.note, by=by, at=at, answers=answers)


def _typed(request: HttpRequest, view: HandedView, *, at: datetime) -> Typed:
    """Read what was posted of the fields that are open; these may lead to others."""
    posted = {name: request.POST.getlist(name) for name in request.POST}
    shown = set(" ".join(posted.get(SHOWN, [])).split())
    form = pack(view.manifest.pack).form
    answers: dict[str, Any] = {}
    for _once_more in range(2):
        may = correcting(view, answers, at=at).fields
        here = posted | {SHOWN: [" ".join(x for x in shown if x.partition(".")[0] in may)]}
        for step in form.steps:
            changed = rows_changed(form, step.id, here)
            answers |= clean(form, step.id, here) if changed is None else changed
    return Typed(answers, posted.get("note", [""])[-1][:2000])


def _kept(request: HttpRequest, view: HandedView) -> Typed:
    kept = request.session.get(_place(view)) or {}
    return Typed(kept.get("answers", {}), kept.get("note", ""))


def _shown(
    request: HttpRequest,
    view: HandedView,
    asked: dict[str, object],
    typed: Typed,
    *,
    at: datetime,
    problem: str = "",
    is_wrong: bool = False,
) -> HttpResponse:
    language, found = get_language() or "vi", correcting(view, typed.answers, at=at)
    drawn = _questions(found, language, at=at, is_wrong=is_wrong)
    problems = [*drawn.problems, *([{"at": "", "message": problem}] if problem else [])]
    facts = {
        "view": view,
        "asked": asked,
        "title": found.definition.title[language],
        "papers": [
            (each.id, each.name[language], ",".join(each.accept))
            for each in found.definition.papers
            if each.id in found.papers
        ],
        "questions": drawn,
        "problems": problems,
        "note": typed.note,
    }
    return render(request, "forwarding/supplement.html", facts, status=422 if problems else 200)


def _questions(found: Correcting, language: str, *, at: datetime, is_wrong: bool) -> StepView:
    """Return the questions that are open as one page of the form."""
    form, wrong = found.definition.form, found.problems if is_wrong else ()
    return fields_view(form, found.fields, found.after, wrong, language, on=at.date())


def _place(view: HandedView) -> str:
    return f"forwarding.supplement.{view.code}"
