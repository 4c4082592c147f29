"""Answer a request for supplement in place: exactly the papers and answers that were named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer, detach_answer
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.web.attempts import apart, attempt
from motcua.dossiers.web.dossier import mine_only
from motcua.dossiers.web.pages import page
from motcua.files.operations.keeping import keep_upload
from motcua.files.queries.kept import KeptFile, NoSuchFile, file_named, infos_for_room
from motcua.forms.queries.forms import (
    SHOWN,
    FieldView,
    Problem,
    clean,
    problems_in,
    rows_changed,
    step_view,
    visible_fields,
    visible_steps,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.packs.queries.packs import Pack, pack


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that was asked for, and the files added so far."""

    id: str
    name: str
    hint: str
    accept: str
    files: tuple[KeptFile, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers and note typed so far; they wait in the session until they are sent."""

    answers: Mapping[str, Any]
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked for, take files and answers in, and send them."""
    by, at = actor_of(request), localtime(now())
    view = mine_only(code, by=by, at=at)
    if view.state is not State.SUPPLEMENT:
        return redirect("dossiers:show", code=code)
    if request.method != "POST":
        return _shown(request, view, at=at)
    typed = _typed(request, view)
    request.session[_place(code)] = {"answers": dict(typed.answers), "note": typed.note}
    if ":" in request.POST.get("remove", ""):
        paper, _colon, file = request.POST["remove"].rpartition(":")
        detach_answer(code, paper, file, by=by, at=at)
        return redirect(_here(code, paper))
    added = _add_files(request, view, by=by, at=at)
    if "send" not in request.POST or added.refused:
        return redirect(_here(code, added.paper))
    return _send(request, view, typed, by=by, at=at)


def _send(
    request: HttpRequest, view: DossierView, typed: Typed, *, by: Actor, at: datetime
) -> HttpResponse:
    wrong = [
        x for x in _problems(view, typed, on=localtime(at).date()) if _named(x) in typed.answers
    ]
    if wrong:
        return _shown(request, view, at=at, wrong=wrong)
    changed = {k: v for k, v in typed.answers.items() if v != view.answers.get(k)}
    answers = changed or (typed.answers if typed.note else {})
    done = attempt(lambda: answer_supplement(view.code, answers, by=by, at=at, note=typed.note))
    if isinstance(done, Refusal):
        return _shown(request, view, at=at, refusal=done)
    request.session.pop(_place(view.code), None)
    messages.success(request, _("The agency has what you sent, and its clock runs again."))
    return redirect("dossiers:show", code=view.code)


@dataclass(frozen=True, slots=True)
class Added:
    """How adding files went: the last paper touched, and whether a file was refused."""

    paper: str
    refused: bool


def _add_files(request: HttpRequest, view: DossierView, *, by: Actor, at: datetime) -> Added:
    last, refused = "", False
    for paper in _asked_papers(view):
        sent: list[UploadedFile[bytes] | str] = [
            *request.FILES.getlist(f"file-{paper}"),
            *filter(None, request.POST.getlist(f"file-{paper}")),
        ]
        for file in sent:
            last, name = paper, "" if isinstance(file, str) else file.name or ""
            try:
                kept = _kept_file(file, by=by, at=at)
                name = kept.name
                apart(partial(attach_answer, view.code, paper, kept.id, by=by))
            except (Invalid, NoSuchFile) as refusal:
                refused = True
                messages.error(request, f"{name}: {sentence_of(refusal)}".removeprefix(": "))
    return Added(last, refused)


def _kept_file(file: "UploadedFile[bytes] | str", *, by: Actor, at: datetime) -> KeptFile:
    """Return a file that came with the form, or one that the page script sent before, by id."""
    if isinstance(file, str):
        return file_named(file, by=by)
    return keep_upload(file.read(), file.name or "", by=by, at=at)


def _typed(request: HttpRequest, view: DossierView) -> Typed:
    definition, posted = pack(view.pack), dict(request.POST.lists())
    answers: dict[str, Any] = {}
    for step, fields in _asked_fields(view, definition):
        here = posted | {SHOWN: [" ".join(fields)]}
        changed = rows_changed(definition.form, step, here)
        answers |= clean(definition.form, step, here) if changed is None else changed
    return Typed(answers, request.POST.get("note", "")[:2000])


def _kept(request: HttpRequest, code: str) -> Typed:
    kept = request.session.get(_place(code)) or {}
    return Typed(kept.get("answers", {}), kept.get("note", ""))


def _shown(
    request: HttpRequest,
    view: DossierView,
    *,
    at: datetime,
    wrong: list[Problem] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    definition, typed = pack(view.pack), _kept(request, view.code)
    fields = list(_controls(view, definition, typed, wrong or [], on=localtime(at).date()))
    problems = [dict(x) for x in _sentences(fields)]
    if refusal is not None:
        problems.append({"at": "", "message": sentence_of(refusal)})
    facts = {
        "view": view,
        "title": definition.title[get_language() or "vi"],
        "papers": _papers(view, definition),
        "fields": fields,
        "word": typed.note,
        "problems": problems,
    }
    return page(request, "supplement", facts, status=422 if problems else 200)


def _papers(view: DossierView, definition: Pack) -> list[Asked]:
    language = get_language() or "vi"
    given: Mapping[str, list[str]] = (view.asked or {}).get("given", {})
    wanted = [file for files in given.values() for file in files]
    known = {file.id: file for file in infos_for_room(wanted)} if wanted else {}
    asked = _asked_papers(view)
    return [
        Asked(
            id=paper.id,
            name=paper.name[language],
            hint=paper.hint[language] if paper.hint else "",
            accept=",".join(paper.accept),
            files=tuple(known[file] for file in given.get(paper.id, []) if file in known),
        )
        for paper in definition.papers
        if paper.id in asked
    ]


def _controls(
    view: DossierView, definition: Pack, typed: Typed, wrong: list[Problem], *, on: date
) -> Iterator[FieldView]:
    answers, language = {**view.answers, **typed.answers}, get_language() or "vi"
    for step, fields in _asked_fields(view, definition):
        here = [problem for problem in wrong if _named(problem) in fields]
        drawn = step_view(definition.form, step, answers, here, language, on=on)
        for section in drawn.sections:
            yield from (field for field in section.fields if field.name in fields)


def _sentences(fields: list[FieldView]) -> Iterator[Mapping[str, str]]:
    for field in fields:
        if field.error:
            yield {"at": field.name, "message": field.error}
        yield from _sentences(list(field.parts))


def _asked_papers(view: DossierView) -> list[str]:
    return list((view.asked or {}).get("papers", []))


def _asked_fields(view: DossierView, definition: Pack) -> list[tuple[str, list[str]]]:
    """Return the pages of the form that hold fields asked for, with those fields."""
    asked = set((view.asked or {}).get("fields", []))
    form, on = definition.form, localtime(view.filed_at).date()
    pages = [
        (step.id, [f.id for f in visible_fields(form, step.id, view.answers, on=on)])
        for step in visible_steps(form, view.answers, on=on)
    ]
    named = [(step, [field for field in fields if field in asked]) for step, fields in pages]
    return [(step, fields) for step, fields in named if fields]


def _problems(view: DossierView, typed: Typed, *, on: date) -> tuple[Problem, ...]:
    return problems_in(pack(view.pack).form, {**view.answers, **typed.answers}, on=on)


def _named(problem: Problem) -> str:
    return problem.field.partition(".")[0]


def _place(code: str) -> str:
    return f"dossiers.supplement.{code}"


def _here(code: str, paper: str) -> str:
    anchor = f"#giay-{paper}" if paper else ""
    return reverse("dossiers:supplement", kwargs={"code": code}) + anchor
