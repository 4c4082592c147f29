"""The applicant's own dossier: where it is, what to do, what was handed in, what came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.rating import rate as keep_rating
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import DossierView, UnknownDossier, dossier
from motcua.dossiers.queries.linked import linked_of
from motcua.dossiers.queries.questions import questions_on
from motcua.dossiers.queries.slips import slips_of
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, OPEN, State, Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.dossiers.web.due import due_badge, wait_badge
from motcua.dossiers.web.fetching import fetching_of
from motcua.dossiers.web.handed import filed_on, papers_shown
from motcua.dossiers.web.led_on import or_elsewhere
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.timeline import doors_with_questions, holder_of
from motcua.forms.queries.forms import summary_of
from motcua.identity.queries.looks import looks as looks_at
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack, result_for
from motcua.payments.queries.bills import bill_to_pay

LOOKS = 50
QUESTION = "question-"
"""The names of the pack's own questions begin so where the rating is asked."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of the page held when it was refused, and why."""

    score: str = ""
    comment: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    at: str = ""
    """The control that the problem stands at."""


@require_safe
@signed_in
@or_elsewhere
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the applicant their dossier; an official of its agency is led to the desk."""
    by, at = actor_of(request), localtime(now())
    view = dossier(code, by=by, at=at)
    if not view.mine:
        return redirect("dossiers:case", code=code)
    return _shown(request, view, at=at)


def mine_only(code: str, *, by: Actor, at: datetime) -> DossierView:
    """
    Return a dossier of the actor's own.

    :raises UnknownDossier: if there is none, or it is another's
    """
    view = dossier(code, by=by, at=at)
    if not view.mine:
        raise UnknownDossier(dossier=code)
    return view


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether a dossier should be withdrawn, and withdraw it."""
    by, at = actor_of(request), localtime(now())
    reason, problem = "", ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:2000]
        done = attempt(lambda: take_step(code, Step.WITHDRAW, by=by, at=at, reason=reason))
        if not isinstance(done, Refusal):
            messages.success(request, _("You withdrew the dossier."))
            return redirect("dossiers:show", code=code)
        problem = sentence_of(done)
    view = mine_only(code, by=by, at=at)
    facts = {"view": view, "reason": reason, "problem": problem, "may": Step.WITHDRAW in view.may}
    return page(request, "withdraw", facts, status=409 if problem else 200)


@require_POST
@signed_in
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Keep how satisfied the applicant is."""
    by, at = actor_of(request), localtime(now())
    score, comment = request.POST.get("score", ""), request.POST.get("comment", "")[:2000]
    number = int(score) if score in {"1", "2", "3"} else 0
    given = {
        name.removeprefix(QUESTION): value
        for name in request.POST
        if name.startswith(QUESTION) and (value := request.POST.get(name, ""))
    }
    done = attempt(lambda: keep_rating(code, number, comment, given, by=by, at=at))
    if isinstance(done, Refusal):
        view = mine_only(code, by=by, at=at)
        named = done.facts.get("problems")
        place = named[0]["at"] if isinstance(named, list) and named else "score"
        typed = Typed(score, comment, given, sentence_of(done), place)
        return _shown(request, view, at=at, typed=typed)
    messages.success(request, _("Thank you. The agency sees your rating with the dossier."))
    return redirect("dossiers:show", code=code)


@require_safe
@signed_in
def looks(request: HttpRequest, code: str) -> HttpResponse:
    """Show the applicant who looked at their dossier, when and why."""
    by = actor_of(request)
    view = mine_only(code, by=by, at=localtime(now()))
    asked = request.GET.get("truoc", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = looks_at(by=by, dossier=view.code, before=before, limit=LOOKS)
    days = groupby(found.looks, key=lambda item: localtime(item.seen.at).date())
    facts = {
        "view": view,
        "days": [(day, list(items)) for day, items in days],
        "newest": before is None,
        "next": f"?truoc={found.next}" if found.next else None,
    }
    return page(request, "looks", facts)


def _shown(
    request: HttpRequest, view: DossierView, *, at: datetime, typed: Typed | None = None
) -> HttpResponse:
    by = actor_of(request)
    definition, language = pack(view.pack), get_language() or "vi"
    due = due_badge(view.due, view.due_at, view.state, at=at)
    owes = view.state in OPEN and bool(view.fee) and view.paid_at is None
    bill = bill_to_pay(view.code, by=by) if owes else None
    fetched = view.state is State.DONE and view.return_by == ReturnBy.ON_THE_SPOT
    facts = {
        "view": view,
        "title": definition.title[language],
        "result_name": result_for(definition, view.answers, on=filed_on(view)).name[language],
        "place": agency(view.agency).name,
        "badge": due,
        "wait": wait_badge(view.wait_until, at=at),
        "holder": holder_of(view, mine=True),
        "doors": doors_with_questions(view, definition, questions_on(view.code, by=by)),
        "bill": bill,
        "payable": bill is not None and bill.may_be_paid(at),
        "fetching": fetching_of(view, at=at) if fetched else None,
        "said": _said(view),
        "papers": papers_shown(view, definition, language),
        "sections": summary_of(definition.form, view.answers, language, on=filed_on(view)),
        "result": view.result if view.state is State.RETURNED else None,
        "may_withdraw": Step.WITHDRAW in view.may,
        "may_rate": view.state not in OPEN and view.state is not State.WITHDRAWN,
        "slips": slips_of(view),
        "came_to_nothing": CAME_TO_NOTHING,
        "linked": linked_of(view.code, by=by) if view.linked else None,
        "questions": [(q.id, q.text[language]) for q in definition.satisfaction],
        "typed": typed or Typed(str(view.rating or ""), view.rating_comment, view.rating_answers),
    }
    return page(request, "dossier", facts, status=422 if typed else 200)


def _said(view: DossierView) -> str:
    """Return why a dossier was refused or stopped, the words of its last step."""
    ended = view.state in (State.REFUSED, State.STOPPED)
    return view.history[-1].reason if ended else ""
