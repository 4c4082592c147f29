"""Officials see which questions wait, and answer them inside the dossier."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.asking import answer as keep_answer
from motcua.dossiers.queries.questions import PAGE, open_questions, questions_for_work
from motcua.dossiers.rules.access import WORKERS
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.rules.questions import LONGEST
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.due import wait_badge
from motcua.dossiers.web.pages import page
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that was refused, at its question, and why."""

    question: int = 0
    text: str = ""
    problem: str = ""


@require_safe
@officials_only(*WORKERS)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what was asked of the agency and waits for its answer, the longest first."""
    by, at = actor_of(request), localtime(now())
    asked = request.GET.get("sau", "")
    after = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = open_questions(by=by, after=after)
    shown = found[:PAGE]
    facts = {
        "rows": [(item, wait_badge(item.question.answer_by, at=at)) for item in shown],
        "late": sum(item.question.is_late(at) for item in shown),
        "place": agency(by.agency or "").name,
        "newest": after is None,
        "next": f"?sau={shown[-1].question.id}" if len(found) > PAGE else None,
    }
    return page(request, "questions/waiting", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*WORKERS)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the questions on one dossier, and take an answer in."""
    by, at = actor_of(request), localtime(now())
    view, typed = for_official(code, by=by, at=at), Typed()
    if request.method == "POST":
        asked = request.POST.get("question", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        text = request.POST.get("text", "")[: LONGEST * 2]
        done = attempt(lambda: keep_answer(code, number, text, by=by, at=at))
        if not isinstance(done, Refusal):
            messages.success(request, _("Your answer is sent to the applicant."))
            return redirect("dossiers:answer", code=code)
        typed = Typed(number, text, sentence_of(done))
    found = questions_for_work(code, by=by, at=at, purpose=purpose_of(by))
    facts = {
        "view": view,
        "title": pack(view.pack).title[get_language() or "vi"],
        "place": agency(view.agency).name,
        "asked": [(item, wait_badge(item.answer_by, at=at)) for item in found],
        "typed": typed,
        "at": at,
    }
    return page(request, "questions/answer", facts, status=422 if typed.problem else 200)
