"""In which form papers were received: original, certified or plain copy."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.dossiers.models import Draft, PaperCheck
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.known import proofs_with
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, PAPER_FORMS, SIGNED
from motcua.forms.queries.forms import Words
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import Pack

__all__ = ["IDENTITY_PAPERS", "PAPER_FORMS", "SIGNED", "PaperReceived", "papers_received"]


@dataclass(frozen=True, slots=True)
class PaperReceived:
    """
    A paper of a receipt: how many ``files`` there are of it, and its ``form``.

    The form is ``original``, ``certified`` or ``copy``, empty where only the file was seen. Where a
    ``register`` stands for it, nobody handed it in.
    """

    name: Words
    files: int
    form: str
    register: str = ""


@for_rooms
def papers_received(view: DossierView, definition: Pack) -> tuple[PaperReceived, ...]:
    """
    Return the papers of a dossier that was read, each with its form (three statements at most).

    What an official found on the checklist goes before what was noted when it was filed.
    """
    forms, proofs = _forms(view.code), proofs_with(view.code, definition)
    registers = {paper: found[0].register for paper, found in proofs.items()}
    return tuple(
        PaperReceived(
            paper.name,
            len(view.papers.get(paper.id, ())),
            forms.get(paper.id, ""),
            registers.get(paper.id, ""),
        )
        for paper in definition.papers
        if view.papers.get(paper.id) or paper.id in forms or paper.id in registers
    )


def _forms(code: str) -> Mapping[str, str]:
    noted = Draft.objects.filter(filed_as=code, counter__isnull=False)
    at_counter = noted.values_list("counter", flat=True).first() or {}
    checked = PaperCheck.objects.filter(dossier__code=code).exclude(seen_as="")
    found = checked.exclude(verdict="missing").values_list("paper", "seen_as")
    return {**at_counter.get("papers", {}), **dict(found)}
