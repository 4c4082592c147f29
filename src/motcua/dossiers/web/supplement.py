"""Answer a request for supplement in place: exactly the papers and answers that were named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import apart, attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.answer_files import take_files
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer, detach_answer
from motcua.dossiers.operations.supplement_lacks import PartLacks
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.remarks import remarks_on
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.web.dossier import mine_only
from motcua.dossiers.web.due import wait_badge
from motcua.dossiers.web.lacking import lacks_shown
from motcua.dossiers.web.marked import marked_files
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.pressed import Pressed
from motcua.dossiers.web.supplement_typed import (
    Typed,
    asked_fields,
    asked_papers,
    questions_drawn,
    typed_in,
    wrong_now,
)
from motcua.files.operations.keeping import keep_upload
from motcua.files.queries.kept import KeptFile, NoSuchFile, file_named, infos_for_room
from motcua.forms.queries.forms import (
    SHOWN,
    Kind,
    Problem,
    problem_text,
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


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was asked for, take files and answers in, and send them."""
    by, at = actor_of(request), localtime(now())
    view = mine_only(code, by=by, at=at)
    if view.state is not State.SUPPLEMENT:
        messages.warning(request, _why_not(view, sent=request.method == "POST"))
        return redirect("dossiers:show", code=code)
    if request.method != "POST":
        return _shown(request, view, at=at)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    refused = _take_files(request, view, posted, by=by, at=at)
    typed = typed_in(posted, view)
    request.session[_place(code)] = typed.kept()
    if ":" in request.POST.get("remove", ""):
        paper, _colon, file = request.POST["remove"].rpartition(":")
        detach_answer(code, paper, file, by=by, at=at)
        return redirect(_here(code, paper))
    added = _add_files(request, view, by=by, at=at)
    if "send" in request.POST and not added.refused and not refused:
        return _send(request, view, typed, by=by, at=at)
    return (
        redirect(_here(code, added.paper)) if added.paper else Pressed.of(posted).lead_back(request)
    )


def _why_not(view: DossierView, *, sent: bool) -> str:
    """Say why a dossier takes no supplement, and that what came now was not kept."""
    taken = [x for x in view.history if x.step in (Step.ASK_SUPPLEMENT, Step.SUPPLY)]
    if not taken:
        why = _("The agency has asked you for no supplement.")
    elif taken[-1].step is Step.SUPPLY:
        on = moment(taken[-1].at)
        why = _("What was asked for was sent at %(moment)s; nothing more is to be sent.") % {
            "moment": on
        }
    else:
        why = _("The dossier waits for no supplement any more. What became of it stands below.")
    return " ".join([why, *([_("What you sent just now changed nothing.")] if sent else [])])


def _send(
    request: HttpRequest, view: DossierView, typed: Typed, *, by: Actor, at: datetime
) -> HttpResponse:
    if wrong := wrong_now(view, typed, on=localtime(at).date()):
        return _shown(request, view, at=at, wrong=wrong)
    answers, lacking, note = typed.changes(view), typed.lacking, typed.note
    done = attempt(
        lambda: answer_supplement(view.code, answers, by=by, at=at, note=note, lacking=lacking)
    )
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
    for paper in (each.id for each in pack(view.pack).papers):
        sent: list[UploadedFile[bytes] | str] = [
            *request.FILES.getlist(f"file-{paper}"),
            *filter(None, request.POST.getlist(f"file-{paper}")),
        ]
        for file in sent:
            last, name = paper, "" if isinstance(file, str) else file.name or ""
            try:
                kept = _kept_file(file, by=by, at=at)
                name = kept.name
                apart(partial(attach_answer, view.code, paper, kept.id, by=by, at=at))
            except (Invalid, NoSuchFile) as refusal:
                refused = True
                messages.error(request, f"{name}: {sentence_of(refusal)}".removeprefix(": "))
    return Added(last, refused)


def _kept_file(file: "UploadedFile[bytes] | str", *, by: Actor, at: datetime) -> KeptFile:
    """Return a file that came with the form, or one that the page script sent before, by id."""
    if isinstance(file, str):
        return file_named(file, by=by)
    return keep_upload(file.read(), file.name or "", by=by, at=at)


def _take_files(
    request: HttpRequest,
    view: DossierView,
    posted: dict[str, list[str]],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Take the files that answer questions; tell whether one was refused, and say why."""
    named = posted.get(SHOWN, [" ".join(asked_fields(view))])
    posted[SHOWN] = named
    fields = [field for field in pack(view.pack).form.fields if field.kind is Kind.FILES]
    refused = take_files(request.FILES, fields, posted, by=by, at=at)
    for problem in refused:
        messages.error(request, problem_text(pack(view.pack).form, problem))
    return bool(refused)


def _shown(
    request: HttpRequest,
    view: DossierView,
    *,
    at: datetime,
    wrong: list[Problem] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    definition, by = pack(view.pack), actor_of(request)
    typed = Typed.of(request.session.get(_place(view.code)))
    pressed = Pressed.before(request) or Pressed()
    on = localtime(at).date()
    drawn = questions_drawn(view, typed, wrong or [], by=by, on=on, pressed=pressed)
    problems = [*drawn.problems]
    lacks = lacks_shown(view, definition, typed.lacking, refusal)
    problems += [
        {"at": each.at, "message": f"{each.name}: {each.error}"} for each in lacks if each.error
    ]
    if refusal is not None and not isinstance(refusal, PartLacks):
        problems.append({"at": "", "message": sentence_of(refusal)})
    facts = {
        "view": view,
        "title": definition.title[get_language() or "vi"],
        "papers": _papers(view, definition, typed),
        "questions": drawn,
        "wait": wait_badge(view.wait_until, at=at),
        "remarks": remarks_on(view.code, by=by),
        "word": typed.note,
        "marked": marked_files(view, by=by),
        "lacks": lacks,
        "problems": problems,
    }
    return page(request, "supplement", facts, status=422 if problems else 200)


def _papers(view: DossierView, definition: Pack, typed: Typed) -> list[Asked]:
    language = get_language() or "vi"
    given: Mapping[str, list[str]] = (view.asked or {}).get("given", {})
    wanted = [file for files in given.values() for file in files]
    known = {file.id: file for file in infos_for_room(wanted)} if wanted else {}
    asked = asked_papers(view, typed)
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


def _place(code: str) -> str:
    return f"dossiers.supplement.{code}"


def _here(code: str, paper: str) -> str:
    anchor = f"#giay-{paper}" if paper else ""
    return reverse("dossiers:supplement", kwargs={"code": code}) + anchor
