"""What an agency marked on papers, on the pictures it was marked on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.noted import Marked, marks_asked_about
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A photo, or a page of a PDF, as a picture at ``address``, with the marks on it."""

    file: KeptFile
    page: int
    address: str
    marks: tuple[Marked, ...]


def marked_pages(code: str, file: KeptFile, marks: Iterable[Marked]) -> list[MarkedPage]:
    """Return the pictures of a file on which there are marks; of a PDF those with places."""
    here = [mark for mark in marks if mark.file == file.id]
    if file.is_picture:
        address = reverse("dossiers:file", kwargs={"code": code, "file": file.id})
        return [MarkedPage(file, 1, address, tuple(here))] if here else []
    placed = [mark for mark in here if mark.width]
    return [
        MarkedPage(
            file,
            page,
            page_address(code, file.id, page),
            tuple(x for x in placed if x.page == page),
        )
        for page in sorted({mark.page for mark in placed})
    ]


def page_address(code: str, file: str, page: int) -> str:
    """Return the address of a page of a PDF as a picture."""
    return reverse("dossiers:file-page", kwargs={"code": code, "file": file, "page": page})


def marked_files(view: DossierView, *, by: Actor) -> dict[str, list[MarkedPage]]:
    """Return what was marked of the papers asked for again, by the paper it belongs to."""
    marks = marks_asked_about(view.code, by=by)
    known = {x.id: x for x in infos_for_room([m.file for m in marks])} if marks else {}
    shown: dict[str, list[MarkedPage]] = {}
    for file, paper in {mark.file: mark.paper for mark in marks}.items():
        if file in known:
            shown.setdefault(paper, []).extend(marked_pages(view.code, known[file], marks))
    return shown
