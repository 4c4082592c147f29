"""What was handed in with a dossier: its papers with their files, in the order of the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.known import PaperProof, proofs_with
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.packs.queries.packs import Pack


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper and its files, or what stands for it; ``id`` is the paper's in the pack."""

    id: str
    name: str
    files: tuple[KeptFile, ...]
    proofs: tuple[PaperProof, ...] = ()


def papers_shown(view: DossierView, pack: Pack, language: str) -> list[PaperShown]:
    """
    Return the papers that have files or that a registry stands for, then answers that are files.

    One statement, two where the pack knows papers that registries can stand for.
    """
    proofs = proofs_with(view.code, pack)
    papers: Mapping[str, Sequence[str]] = {**files_in(pack.form, view.answers), **view.papers}
    names = {paper.id: paper.name[language] for paper in pack.papers}
    names |= {f.id: f.label[language] for f in pack.form.fields if f.id not in names}
    order = {paper: place for place, paper in enumerate(names)}
    wanted = [file for files in papers.values() for file in files]
    known = {file.id: file for file in infos_for_room(wanted)} if wanted else {}
    shown = [
        PaperShown(paper, names.get(paper, paper), tuple(known[f] for f in files if f in known))
        for paper, files in papers.items()
        if files
    ]
    shown += [
        PaperShown(paper, names.get(paper, paper), (), found)
        for paper, found in proofs.items()
        if not papers.get(paper)
    ]
    return sorted(shown, key=lambda paper: order.get(paper.id, len(order)))


def filed_on(view: DossierView) -> date:
    """Return the day of filing: places are shown with the names they had then."""
    return localtime(view.filed_at).date()
