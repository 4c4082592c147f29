"""What an agency marked on the papers it asks for again, as their applicant sees it."""

from dataclasses import dataclass

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.noted import Marked, marks_asked_about
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """A file with the marks on it."""

    file: KeptFile
    marks: tuple[Marked, ...]


def marked_files(view: DossierView, *, by: Actor) -> dict[str, list[MarkedFile]]:
    """Return the files that were marked, by the paper they belong to."""
    marks = marks_asked_about(view.code, by=by)
    known = {x.id: x for x in infos_for_room([m.file for m in marks])} if marks else {}
    shown: dict[str, list[MarkedFile]] = {}
    for file in dict.fromkeys(mark.file for mark in marks):
        if file in known:
            here = tuple(mark for mark in marks if mark.file == file)
            shown.setdefault(here[0].paper, []).append(MarkedFile(known[file], here))
    return shown
