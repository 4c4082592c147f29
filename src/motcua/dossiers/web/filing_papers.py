"""The papers of a filing: add, replace and remove files, one paper after the other."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.backbone.http.attempts import apart
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.drafts import attach, detach
from motcua.dossiers.operations.proving import prove_papers
from motcua.dossiers.queries.drafts import draft
from motcua.dossiers.queries.filing import PaperHeld
from motcua.dossiers.queries.known import whom_of
from motcua.dossiers.rules.kinds import fits
from motcua.dossiers.web.filing_frame import PAPERS, Way
from motcua.dossiers.web.filing_proofs import ASK, asking_line, held_with_proofs
from motcua.files.operations.keeping import forget, keep_upload
from motcua.files.queries.kept import file_named
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import papers_for

Problems = list[dict[str, str]]


def papers(request: HttpRequest, way: Way) -> HttpResponse:
    """Show the papers page, or do what one of its buttons asks."""
    if request.method != "POST":
        return _page(request, way, [])
    if ASK in request.POST:
        return _registries_asked(way)
    problems: Problems = []
    paper = request.POST.get("paper", "")
    if "remove" in request.POST:
        file = request.POST["remove"]
        detach(way.draft.id, paper, file, by=way.by, at=way.at)
    elif "paper" in request.POST:
        problems = _taken(request, way)
    elif missing := _missing(_held(way), way.language):
        problems = missing
    else:
        return redirect(way.after(PAPERS))
    if problems:
        return _page(request, way, problems, status=422)
    return redirect(f"{way.address(PAPERS)}#paper-{paper}")


def _taken(request: HttpRequest, way: Way) -> Problems:
    """
    Take what was sent, each file on its own; return what was not taken and why.

    ``files`` brings files, or ids of files that the page script sent before, part by part.
    """
    paper = request.POST["paper"]
    sent: list[UploadedFile[bytes] | str] = [
        *request.FILES.getlist("files"),
        *filter(None, request.POST.getlist("files")),
    ]
    if not sent:
        return [{"at": f"files-{paper}", "message": _("Choose a file or take a photo first.")}]
    old = request.POST.get("instead", "")
    refusals = [_keep(way, paper, file, instead=old) for file in sent]
    return [{"at": f"files-{paper}", "message": refusal} for refusal in refusals if refusal]


def _keep(way: Way, paper: str, file: "UploadedFile[bytes] | str", *, instead: str) -> str:
    """Keep one file under a paper; return why not, in words, or nothing."""
    asked = papers_for(way.pack, way.draft.answers, on=way.today)
    accepted = {each.paper.id: each.paper.accept for each in asked}
    name = ""
    try:
        if isinstance(file, str):
            kept = file_named(file, by=way.by)
            name = kept.name
        else:
            name = file.name or ""
            kept = keep_upload(file.read(), name, by=way.by, at=way.at)
        if not fits(kept.media_type, accepted.get(paper, ())):
            forget(kept.id, by=way.by, at=way.at)
            return f"{name}: {_('This paper cannot be sent in this kind of file.')}"
        put = partial(attach, way.draft.id, paper, kept.id, instead=instead)
        apart(partial(put, by=way.by, at=way.at))
    except Refusal as refusal:
        return f"{name}: {sentence_of(refusal)}" if name else sentence_of(refusal)
    return ""


def _held(way: Way) -> tuple[PaperHeld, ...]:
    return held_with_proofs(replace(way, draft=draft(way.draft.id, by=way.by)))


def _registries_asked(way: Way) -> HttpResponse:
    """Ask registries for papers; outside a transaction, and for two seconds at most."""
    if whom := whom_of(way.draft, by=way.by, at=way.at):
        prove_papers(way.draft, way.pack, whom=whom, by=way.by, at=way.at)
    return redirect(way.address(PAPERS))


def _missing(held: tuple[PaperHeld, ...], language: str) -> Problems:
    words = _("Add this paper: {paper}")
    return [
        {
            "at": f"files-{each.asked.paper.id}",
            "message": words.format(paper=each.asked.paper.name[language]),
        }
        for each in held
        if each.missing
    ]


def _page(request: HttpRequest, way: Way, problems: Problems, *, status: int = 200) -> HttpResponse:
    held = _held(way)
    context = {
        **way.frame(PAPERS),
        "held": held,
        **asking_line(way, held),
        "problems": problems,
        "errors": {each["at"]: each["message"] for each in reversed(problems)},
        "most": settings.FILE_MOST_BYTES // 2**20,
        "all": settings.DOSSIER_MOST_BYTES // 2**20,
    }
    return render(request, "dossiers/filing/papers.html", context, status=status)
