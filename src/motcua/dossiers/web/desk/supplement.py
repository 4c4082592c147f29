"""Take what was asked for from who stands at the counter, or from a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import StaleVersion, problems_said, sentence_of, status_of
from motcua.dossiers.operations.answer_files import Place, TakesFiles, take_files
from motcua.dossiers.operations.supplement import Supplied
from motcua.dossiers.operations.supplement_at_desk import (
    NotTheirs,
    Shown,
    check_tries,
    supply_at_desk,
)
from motcua.dossiers.operations.supplement_lacks import PartLacks
from motcua.dossiers.queries.answer_files import files_shown
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.cards import card_read
from motcua.dossiers.rules.counter import KNOWN_BY, NotChecked
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.desk.stale import seen_in, stale_facts
from motcua.dossiers.web.desk.supplement_left import left_over
from motcua.dossiers.web.lacking import lacks_shown
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.supplement_typed import (
    Typed,
    asked_fields,
    asked_papers,
    questions_drawn,
    typed_in,
    wrong_now,
)
from motcua.forms.queries.forms import (
    SHOWN,
    FileView,
    Kind,
    Problem,
    problem_text,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import Pack, pack

PAPER = "file-"
"""What the name of a paper's input begins with."""


@dataclass(frozen=True, slots=True)
class PaperDrawn:
    """A paper to scan: the name of its input, what it takes, and the files added so far."""

    input: str
    name: str
    hint: str | None
    accept: str
    most: int
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """
    What is wrong with what was typed, or why it was not taken as a whole.

    ``left`` is what a stale page brought that the form of now has no place for, by its name.
    """

    problems: Sequence[Problem] = ()
    refusal: Refusal | None = None
    left: Sequence[tuple[str, str]] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.CLERK)
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked for, take scans and answers in, and hand them in for who brought them."""
    by, at = actor_of(request), localtime(now())
    view = for_official(code, by=by, at=at)
    if view.state is not State.SUPPLEMENT and "send" not in request.POST:
        return redirect("dossiers:case", code=code)
    if request.method != "POST":
        return _shown(request, view, Wrong(), by=by, at=at)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    refused = _take_files(request, view, posted, by=by, at=at)
    typed = typed_in(posted, view)
    request.session[_place(code)] = typed.kept() | {"papers": _scans(view, typed, posted)}
    if refused:
        return _shown(request, view, Wrong(refused), by=by, at=at)
    if "send" not in request.POST:
        return redirect("dossiers:desk-supplement", code=code)
    return _send(request, view, typed, posted, by=by, at=at)


def _send(
    request: HttpRequest,
    view: DossierView,
    typed: Typed,
    posted: Mapping[str, list[str]],
    *,
    by: Actor,
    at: datetime,
) -> HttpResponse:
    scans = _scans(view, typed, posted)
    code, seen = view.code, seen_in(request)
    wrong = wrong_now(view, typed, on=at.date()) if seen == view.version else []
    if wrong:
        return _shown(request, view, Wrong(wrong), by=by, at=at)
    sent, shown = Supplied(scans, typed.changes(view), typed.note, typed.lacking), _who(request)
    check_tries(code, by=by, at=at)
    done = attempt(lambda: supply_at_desk(code, shown, sent, by=by, at=at, seen=seen))
    if isinstance(done, StaleVersion):
        fresh = for_official(code, by=by, at=at)
        left = left_over(fresh, typed, posted, by=by)
        return _shown(request, fresh, Wrong(refusal=done, left=left), by=by, at=at)
    if isinstance(done, Refusal):
        return _shown(request, view, Wrong(refusal=done), by=by, at=at)
    request.session.pop(_place(code), None)
    messages.success(request, _("What was brought is handed in, and the clock runs again."))
    return redirect("dossiers:case", code=code)


def _who(request: HttpRequest) -> Shown:
    """Return what was shown; a scanned card stands for its number."""
    proof = request.POST.get("proof", "")[:500]
    card = card_read(proof)
    return Shown(request.POST.get("document", "")[:20], card.number if card else proof)


def _take_files(
    request: HttpRequest,
    view: DossierView,
    posted: dict[str, list[str]],
    *,
    by: Actor,
    at: datetime,
) -> list[Problem]:
    """Keep the files that came and put their ids into what was posted; say what was not taken."""
    definition = pack(view.pack)
    papers = [Place(f"{PAPER}{each.id}", each.accept) for each in definition.papers]
    shown = posted.get(SHOWN, [" ".join(asked_fields(view))])
    posted[SHOWN] = [*shown, *(each.id for each in papers)]
    fields = [each for each in definition.form.fields if each.kind is Kind.FILES]
    takers: list[TakesFiles] = [*fields, *papers]
    refused = take_files(request.FILES, takers, posted, by=by, at=at)
    posted[SHOWN] = shown
    return refused


def _shown(
    request: HttpRequest, view: DossierView, wrong: Wrong, *, by: Actor, at: datetime
) -> HttpResponse:
    definition, language = pack(view.pack), get_language() or "vi"
    kept = request.session.get(_place(view.code)) or {}
    typed = Typed.of(kept)
    of_fields = [each for each in wrong.problems if not each.field.startswith(PAPER)]
    drawn = questions_drawn(view, typed, of_fields, by=by, on=at.date())
    papers = _papers(view, definition, typed, kept.get("papers", {}), language, by=by)
    lacks = lacks_shown(view, definition, typed.lacking, wrong.refusal)
    problems = [*drawn.problems, *_of_papers(definition, wrong.problems)]
    problems += [{"at": x.at, "message": f"{x.name}: {x.error}"} for x in lacks if x.error]
    problems += _of_refusal(wrong.refusal)
    who = _who(request)
    facts = {
        "view": view,
        "title": definition.title[language],
        "papers": papers,
        "questions": drawn,
        "lacks": lacks,
        "problems": problems,
        "errors": {each["at"]: each["message"] for each in reversed(problems)},
        "note": typed.note,
        "documents": [(name, _(words)) for name, words in KNOWN_BY.items()],
        "document": who.document,
        "proof": who.proof,
        "offered": view.state is State.SUPPLEMENT,
        "left": wrong.left,
        **stale_facts(wrong.refusal),
    }
    status = 422 if problems else 200
    if isinstance(wrong.refusal, StaleVersion):
        status = status_of(wrong.refusal)
    return page(request, "desk/supplement", facts, status=status)


def _scans(
    view: DossierView, typed: Typed, posted: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    return {paper: posted.get(f"{PAPER}{paper}", []) for paper in asked_papers(view, typed)}


def _of_papers(definition: Pack, wrong: Sequence[Problem]) -> list[dict[str, str]]:
    said = [x for x in wrong if x.field.startswith(PAPER)]
    return [{"at": x.field, "message": problem_text(definition.form, x)} for x in said]


def _of_refusal(refusal: Refusal | None) -> list[dict[str, str]]:
    if refusal is None or isinstance(refusal, (PartLacks, StaleVersion)):
        return []
    if isinstance(refusal, NotChecked):
        return problems_said(refusal)
    at = "proof" if isinstance(refusal, NotTheirs) else ""
    return [{"at": at, "message": sentence_of(refusal)}]


def _papers(
    view: DossierView,
    definition: Pack,
    typed: Typed,
    scans: Mapping[str, Sequence[str]],
    language: str,
    *,
    by: Actor,
) -> list[PaperDrawn]:
    asked = asked_papers(view, typed)
    files = files_shown((file for each in asked for file in scans.get(each, ())), by=by)
    return [
        PaperDrawn(
            input=f"{PAPER}{each.id}",
            name=each.name[language],
            hint=each.hint[language] if each.hint else None,
            accept=",".join(each.accept),
            most=each.most_files,
            files=tuple(files[x] for x in scans.get(each.id, ()) if x in files),
        )
        for each in definition.papers
        if each.id in asked
    ]


def _place(code: str) -> str:
    return f"dossiers.desk-supplement.{code}"
