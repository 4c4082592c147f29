"""Answer here what the unit asks for, as its applicant or at the desk; it is handed on to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.answer_files import Place, TakesFiles, take_files
from motcua.dossiers.queries.answer_files import files_shown
from motcua.forms.queries.forms import (
    SHOWN,
    Beside,
    FileView,
    Kind,
    Problem,
    StepView,
    clean,
    fields_view,
    files_in,
    problem_text,
    rows_changed,
)
from motcua.forwarding.operations.answering import answer
from motcua.forwarding.operations.at_desk import NotTheirs, answer_at_desk, check_tries
from motcua.forwarding.queries.correcting import Correcting, correcting
from motcua.forwarding.queries.desk import at_desk
from motcua.forwarding.queries.handed import HandedView, handed
from motcua.forwarding.rules.manifest import File
from motcua.forwarding.web.dossier import asked_of
from motcua.forwarding.web.stood import shown_in, who_facts
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack

PAPER = "file-"
"""What the name of a paper's input begins with."""
_ROUNDS = 2
"""How often what was typed is read: the first answers may lead to questions that follow."""


@dataclass(frozen=True, slots=True)
class Side:
    """Whose page it is: its frame, and the names of the addresses it leads to."""

    frame: str
    page: str
    here: str
    file: str
    at_desk: bool = False

    def view(self, code: str, *, by: Actor, at: datetime) -> HandedView:
        """Return the dossier, if it is theirs, or was taken at their desk."""
        return at_desk(code, by=by, at=at).view if self.at_desk else handed(code, by=by)


APPLICANT = Side(
    "backbone/page.html", "forwarding:show", "forwarding:supplement", "forwarding:file"
)
DESK = Side(
    "backbone/desk.html",
    "forwarding:at-desk",
    "forwarding:desk-supplement",
    "forwarding:desk-file",
    at_desk=True,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers, papers and note so far; they wait in the session until they are sent."""

    answers: Mapping[str, Any]
    note: str
    papers: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PaperDrawn:
    """A paper to give: the name of its input, what it takes, and the files added so far."""

    input: str
    name: str
    hint: str | None
    accept: str
    most: int
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what was typed, at its place, and why it was not taken as a whole."""

    problems: Sequence[Problem] = ()
    refusal: str = ""
    at: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is asked for, take files and answers in, and send them on."""
    return _page(request, code, APPLICANT)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.CLERK)
def supplement_at_desk(request: HttpRequest, code: str) -> HttpResponse:
    """Do the same at the desk that took it, for who stands there."""
    return _page(request, code, DESK)


def _page(request: HttpRequest, code: str, side: Side) -> HttpResponse:
    by, at = actor_of(request), localtime(now())
    view = side.view(code, by=by, at=at)
    asked = asked_of(view, pack(view.manifest.pack), get_language() or "vi")
    if asked is None or not asked["here"]:
        return redirect(side.page, code=view.code)
    if request.method != "POST":
        return _shown(request, view, asked, Wrong(), side, at=at)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    refused = _take_files(request, view, posted, at=at)
    typed = _typed(posted, view, at=at)
    kept = {"answers": dict(typed.answers), "note": typed.note, "papers": dict(typed.papers)}
    request.session[_place(view, side)] = kept
    if refused:
        return _shown(request, view, asked, Wrong(refused), side, at=at)
    if "send" not in request.POST:
        return redirect(side.here, code=view.code)
    return _send(request, view, asked, typed, side, at=at)


def _send(
    request: HttpRequest,
    view: HandedView,
    asked: dict[str, object],
    typed: Typed,
    side: Side,
    *,
    at: datetime,
) -> HttpResponse:
    found = correcting(view, typed.answers, at=at)
    if found.problems:
        return _shown(request, view, asked, Wrong(found.problems), side, at=at)
    changed = {k: v for k, v in typed.answers.items() if v != found.before.get(k)}
    answers = changed or (typed.answers if typed.note else {})
    papers = {paper: typed.papers.get(paper, []) for paper in found.papers}
    given: dict[str, Any] = {"by": actor_of(request), "at": at, "answers": answers}
    if side.at_desk:
        shown = shown_in(request)
        check_tries(view.code, by=given["by"], at=at)
        done = attempt(lambda: answer_at_desk(view.code, shown, papers, typed.note, **given))
    else:
        done = attempt(lambda: answer(view.code, papers, typed.note, **given))
    if isinstance(done, Refusal):
        wrong = Wrong(refusal=sentence_of(done), at="proof" if isinstance(done, NotTheirs) else "")
        return _shown(request, view, asked, wrong, side, at=at)
    request.session.pop(_place(view, side), None)
    return redirect(side.page, code=view.code)


def _take_files(
    request: HttpRequest, view: HandedView, posted: dict[str, list[str]], *, at: datetime
) -> list[Problem]:
    """Keep the files that came and put their ids into what was posted; say what was not taken."""
    definition = pack(view.manifest.pack)
    papers = [Place(f"{PAPER}{each.id}", each.accept) for each in definition.papers]
    shown = posted.get(SHOWN, [])
    posted[SHOWN] = [*shown, *(each.id for each in papers)]
    fields = [each for each in definition.form.fields if each.kind is Kind.FILES]
    takers: list[TakesFiles] = [*fields, *papers]
    held = {file.id for file in view.files}
    refused = take_files(request.FILES, takers, posted, by=actor_of(request), at=at, held=held)
    posted[SHOWN] = shown
    return refused


def _typed(posted: Mapping[str, list[str]], view: HandedView, *, at: datetime) -> Typed:
    """Read what was posted of the fields that are open; these may lead to others."""
    shown = set(" ".join(posted.get(SHOWN, [])).split())
    definition = pack(view.manifest.pack)
    form, answers = definition.form, dict[str, Any]()
    for _once_more in range(_ROUNDS):
        may = correcting(view, answers, at=at).fields
        here = {**posted, SHOWN: [" ".join(x for x in shown if x.partition(".")[0] in may)]}
        for step in form.steps:
            changed = rows_changed(form, step.id, here)
            answers |= clean(form, step.id, here) if changed is None else changed
    papers = {each.id: posted[f"{PAPER}{each.id}"] for each in definition.papers}
    return Typed(answers, posted.get("note", [""])[-1][:2000], papers)


def _kept(request: HttpRequest, view: HandedView, side: Side) -> Typed:
    kept = request.session.get(_place(view, side)) or {}
    return Typed(kept.get("answers", {}), kept.get("note", ""), kept.get("papers", {}))


def _shown(
    request: HttpRequest,
    view: HandedView,
    asked: dict[str, object],
    wrong: Wrong,
    side: Side,
    *,
    at: datetime,
) -> HttpResponse:
    language, typed, by = get_language() or "vi", _kept(request, view, side), actor_of(request)
    found = correcting(view, typed.answers, at=at)
    drawn = _questions(view, found, wrong.problems, language, side, by=by, at=at)
    papers = _papers(found, typed, language, by=by)
    form = found.definition.form
    places = {each.input for each in papers}
    problems = [
        *drawn.problems,
        *(
            {"at": each.field, "message": problem_text(form, each)}
            for each in wrong.problems
            if each.field in places
        ),
        *([{"at": wrong.at, "message": wrong.refusal}] if wrong.refusal else []),
    ]
    facts = {
        "view": view,
        "side": side,
        **(who_facts(request, wrote=True) if side.at_desk else {}),
        "asked": asked,
        "title": found.definition.title[language],
        "papers": papers,
        "questions": drawn,
        "problems": problems,
        "errors": {each["at"]: each["message"] for each in reversed(problems)},
        "note": typed.note,
    }
    return render(request, "forwarding/supplement.html", facts, status=422 if problems else 200)


def _papers(found: Correcting, typed: Typed, language: str, *, by: Actor) -> list[PaperDrawn]:
    wanted = [each for each in found.definition.papers if each.id in found.papers]
    files = files_shown((x for each in wanted for x in typed.papers.get(each.id, [])), by=by)
    return [
        PaperDrawn(
            input=f"{PAPER}{each.id}",
            name=each.name[language],
            hint=each.hint[language] if each.hint else None,
            accept=",".join(each.accept),
            most=each.most_files,
            files=tuple(files[x] for x in typed.papers.get(each.id, []) if x in files),
        )
        for each in wanted
    ]


def _questions(
    view: HandedView,
    found: Correcting,
    wrong: Sequence[Problem],
    language: str,
    side: Side,
    *,
    by: Actor,
    at: datetime,
) -> StepView:
    """Return the questions that are open as one page of the form."""
    form = found.definition.form
    held = files_in(form, {name: found.after.get(name) for name in found.fields})
    files = {each.id: _shown_as(each, view, side) for each in view.files}
    files |= files_shown((file for ids in held.values() for file in ids), by=by)
    beside = Beside(files, reverse("files:uploads"))
    said = [each for each in wrong if not each.field.startswith(PAPER)]
    return fields_view(form, found.fields, found.after, said, language, on=at.date(), beside=beside)


def _shown_as(file: File, view: HandedView, side: Side) -> FileView:
    address = reverse(side.file, kwargs={"code": view.code, "file": file.id})
    return FileView(file.id, file.name, address)


def _place(view: HandedView, side: Side) -> str:
    return f"{side.here.replace(':', '.')}.{view.code}"
