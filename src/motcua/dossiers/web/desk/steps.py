"""An official takes a step: what was typed is kept when it is refused."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import StaleVersion, sentence_of, status_of
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.access import is_leaders
from motcua.dossiers.rules.lifecycle import LIFECYCLE, NEEDS_REASON, Step
from motcua.dossiers.rules.remarks import VERDICT_WORDS, Verdict
from motcua.dossiers.rules.words import HAPPENED, TOLD_TO_APPLICANT
from motcua.dossiers.web.desk.actions import STEPS, actions_of, held_up
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.desk.context import after_step, part_of
from motcua.dossiers.web.desk.further import TAKES, More, NotReadable, Wanted, said, shown, take
from motcua.dossiers.web.desk.stale import seen_in, stale_facts
from motcua.dossiers.web.pages import page
from motcua.forms.queries.forms import visible_fields, visible_steps
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import Pack, pack, papers_for

MOST = 4000
"""The longest reason, in characters."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form of a step held."""

    reason: str = ""
    papers: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    seen: int | None = None
    more: More = field(default_factory=lambda: More({}))

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        """Read the posted form."""
        posted = request.POST
        return cls(
            reason=posted.get("reason", "")[:MOST],
            papers=posted.getlist("papers"),
            fields=posted.getlist("fields"),
            seen=seen_in(request),
            more=More.of(request),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def step(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Show the form of a step, take the step, or say why it was refused and keep what was typed."""
    if slug not in STEPS:
        raise Http404
    by, at, wanted = actor_of(request), localtime(now()), STEPS[slug]
    if request.method != "POST":
        view = for_official(code, by=by, at=at)
        return _form(request, view, wanted, prefilled(view, wanted, by=by))
    typed = Typed.of(request)
    if "find" in request.POST:
        return _form(request, for_official(code, by=by, at=at), wanted, typed)
    done = attempt(lambda: _take(code, wanted, typed, by=by, at=at))
    if isinstance(done, Refusal):
        view = for_official(code, by=by, at=at)
        return _form(request, view, wanted, typed, refusal=done)
    messages.success(request, f"{code}: {_(HAPPENED[wanted])}.")
    return after_step(request, code, wanted, by=by, at=at)


def _is_leaders(view: DossierView, wanted: Step) -> bool:
    """Tell whether the step could be taken now, though by the leader alone."""
    times = {"asked_times": view.asked_times, "reappointments": view.reappointments}
    held = {step for step, _why in held_up(view)}
    return wanted in LIFECYCLE[view.state] and wanted not in held and is_leaders(wanted, **times)


def prefilled(view: DossierView, wanted: Step, *, by: Actor) -> Typed:
    """Return a request for supplement filled from the papers found wrong or missing."""
    if wanted is not Step.ASK_SUPPLEMENT:
        return Typed()
    remarks, definition = remarks_of(view.code, by=by), pack(view.pack)
    lines, papers = [], []
    for paper in definition.papers:
        found = remarks.checks.get(paper.id)
        if found is None or found.verdict is Verdict.OK:
            continue
        papers.append(paper.id)
        marked = [mark.words for mark in remarks.marks if mark.paper == paper.id]
        said = "; ".join(each.rstrip(" .;") for each in (found.remark, *marked) if each)
        said = said or _(VERDICT_WORDS[found.verdict])
        lines.append(f"{paper.name[get_language() or 'vi']}: {said}")
    return Typed(reason="\n".join(lines), papers=papers)


def _take(code: str, wanted: Step, typed: Typed, *, by: Actor, at: datetime) -> None:
    if wanted in TAKES:
        facts = (code, typed.reason, typed.papers, typed.fields, typed.seen, typed.more)
        take(wanted, Wanted(*facts, by=by, at=at))
        return
    asked = {"papers": typed.papers, "fields": typed.fields}
    details = asked if wanted is Step.ASK_SUPPLEMENT else None
    take_step(code, wanted, by=by, at=at, reason=typed.reason, details=details, seen=typed.seen)


def _form(
    request: HttpRequest,
    view: DossierView,
    wanted: Step,
    typed: Typed,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    definition, language = pack(view.pack), get_language() or "vi"
    problems = _problems(refusal)
    facts = {
        "view": view,
        "step": wanted,
        "title": definition.title[language],
        "offered": wanted in {action.step for action in actions_of(view)},
        "typed": typed,
        "problems": problems,
        "wrong": {problem["at"]: problem["message"] for problem in problems},
        "leaders": _is_leaders(view, wanted),
        "held_up": [why for each, why in held_up(view) if each is wanted],
        **stale_facts(refusal),
        "needs_reason": wanted in NEEDS_REASON,
        "told": wanted in TOLD_TO_APPLICANT,
        **shown(wanted, view, typed.more, by=actor_of(request), at=localtime(now())),
        "papers": [
            each
            for each in _papers(view, definition)
            if wanted is not Step.CONSULT or view.papers.get(each[0])
        ],
        "fields": _fields(view, definition),
        "part": part_of(request),
    }
    return page(request, "desk/step", facts, status=status_of(refusal) if refusal else 200)


def _problems(refusal: Refusal | None) -> list[dict[str, str]]:
    if refusal is None or isinstance(refusal, StaleVersion):
        return []
    named = refusal.facts.get("problems")
    if not isinstance(named, list) or not named:
        return [{"at": "", "message": sentence_of(refusal)}]
    several = len(named) > 1 or isinstance(refusal, NotReadable)
    return [
        {"at": each["at"], "message": said(each) if several else sentence_of(refusal)}
        for each in named
    ]


def _papers(view: DossierView, definition: Pack) -> list[tuple[str, str]]:
    language = get_language() or "vi"
    asked = papers_for(definition, view.answers, on=localtime(view.filed_at).date())
    return [(x.paper.id, x.paper.name[language]) for x in asked]


def _fields(view: DossierView, definition: Pack) -> list[tuple[str, str]]:
    language, on = get_language() or "vi", localtime(view.filed_at).date()
    return [
        (field.id, field.label[language])
        for part in visible_steps(definition.form, view.answers, on=on)
        for field in visible_fields(definition.form, part.id, view.answers, on=on)
    ]
