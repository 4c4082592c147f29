"""Opinions asked of our agency: the list, one with what was shared, the answer; and recalling."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart, attempt
from motcua.backbone.http.downloads import kept_response
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.operations.opinions import (
    View,
    check_opinion,
    give_opinion,
    recall_opinion,
)
from motcua.dossiers.queries.opinions import (
    OpinionSeen,
    opinion_to_answer,
    opinions_asked,
    opinions_awaited,
    shared_file,
)
from motcua.dossiers.rules.clock import Due, standing
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.opinions import OPINION_WORDS, VIEW_WORDS, OpinionState
from motcua.dossiers.web.due import Badge, due_badge
from motcua.dossiers.web.pages import page
from motcua.files.operations.keeping import keep_upload
from motcua.files.queries.kept import content_for_room
from motcua.forms.queries.forms import summary_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack

GIVES = (Role.SPECIALIST, Role.LEADER)
ASKED = N_("Giving an opinion that another agency asked for")
LONGEST = 4000
TIMING_WORDS = {"early": N_("Early"), "on_time": N_("On time"), "late": N_("Late")}


@require_safe
@officials_only(*GIVES)
def asked(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the official's agency, what it answered, and what it waits for."""
    by, at = actor_of(request), localtime(now())
    ended, awaited = "xong" in request.GET, "cho" in request.GET
    rows = opinions_awaited(by=by, at=at) if awaited else opinions_asked(by=by, at=at, ended=ended)
    facts = {
        "rows": [(x, _badge(x, at)) for x in rows],
        "ended": ended and not awaited,
        "awaited": awaited,
        "place": agency(by.agency or "").name,
        "opinion_words": OPINION_WORDS,
        "timing_words": TIMING_WORDS,
    }
    return page(request, "desk/opinions", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*GIVES)
def opinion(request: HttpRequest, opinion: UUID) -> HttpResponse:
    """Show what was shared with the agency, and take its answer."""
    by, at = actor_of(request), localtime(now())
    if request.method != "POST":
        return _form(request, str(opinion), by=by, at=at)
    typed = request.POST.get("text", "")[:LONGEST]
    done = attempt(lambda: _give(request, str(opinion), typed, by=by, at=at))
    if isinstance(done, Refusal):
        return _form(request, str(opinion), by=by, at=at, refusal=done)
    messages.success(request, _("Your agency's opinion has been sent."))
    return redirect("dossiers:opinions")


@require_safe
@officials_only(*GIVES)
def file(request: HttpRequest, opinion: UUID, file: UUID) -> HttpResponse:
    """Show a file that was shared with the agency."""
    by, at = actor_of(request), now()
    found = shared_file(str(opinion), str(file), by=by, at=at, purpose=ASKED)
    return kept_response(request, found, content_for_room)


@require_POST
@officials_only(*GIVES)
def recall(request: HttpRequest, code: str, opinion: UUID) -> HttpResponse:
    """Ask no longer for an opinion."""
    by, at = actor_of(request), now()
    apart(lambda: recall_opinion(str(opinion), by=by, at=at))
    messages.success(request, _("The request was recalled. That agency sees nothing any more."))
    return redirect("dossiers:case", code=code)


def _give(request: HttpRequest, id: str, text: str, *, by: Actor, at: datetime) -> None:  # noqa: A002
    view = request.POST.get("view", "")
    if view not in {each.value for each in View}:
        raise ViewNeeded(problems=[{"at": "view", "message": ViewNeeded.message}])
    sent: list[UploadedFile[bytes]] = request.FILES.getlist("files")
    check_opinion(text, len(sent))
    kept = [keep_upload(each.read(), each.name or "", by=by, at=at).id for each in sent]
    give_opinion(id, text, View(view), kept, by=by, at=at)


class ViewNeeded(Invalid):
    code = "dossiers.view-needed"
    message = N_("Say whether your agency agrees.")


def _form(
    request: HttpRequest,
    id: str,  # noqa: A002
    *,
    by: Actor,
    at: datetime,
    refusal: Refusal | None = None,
) -> HttpResponse:
    shared = opinion_to_answer(id, by=by, at=at, purpose=ASKED)
    definition, language = pack(shared.pack), get_language() or "vi"
    names = {paper.id: paper.name[language] for paper in definition.papers}
    on = localtime(shared.filed_at).date()
    sections = summary_of(definition.form, shared.answers, language, on=on)
    wanted = set(shared.opinion.fields)
    lines = [line for section in sections for line in section.lines if line.field in wanted]
    named = refusal.facts.get("problems") if refusal else None
    at_field = named[0]["at"] if isinstance(named, list) and named else ""
    problem = {"at": at_field, "message": sentence_of(refusal)} if refusal else None
    facts = {
        "opinion": shared.opinion,
        "open": shared.opinion.state is OpinionState.OPEN,
        "badge": _badge(shared.opinion, at),
        "title": definition.title[language],
        "lines": lines,
        "papers": [(names.get(paper, paper), files) for paper, files in shared.papers],
        "views": [(view.value, _(words)) for view, words in VIEW_WORDS.items()],
        "view_words": VIEW_WORDS,
        "typed": request.POST.get("text", "")[:LONGEST],
        "chosen": request.POST.get("view", ""),
        "problems": [problem] if problem else [],
        "wrong": {problem["at"]: problem["message"]} if problem else {},
    }
    return page(request, "desk/opinion", facts, status=status_of(refusal) if refusal else 200)


def _badge(x: OpinionSeen, at: datetime) -> Badge | None:
    if x.state is not OpinionState.OPEN:
        return None
    due: Due = standing(x.due_at, State.IN_PROCESS, at)
    return due_badge(due, x.due_at, State.IN_PROCESS, at=at)
