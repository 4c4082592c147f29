"""Who received a dossier, and in which form its papers: original, certified or plain copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Draft, DueMove, PaperCheck
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.queries.known import proofs_with
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, PAPER_FORMS, SIGNED_THERE
from motcua.dossiers.rules.lifecycle import Step
from motcua.forms.queries.forms import Words
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import Pack

__all__ = [
    "IDENTITY_PAPERS",
    "PAPER_FORMS",
    "SIGNED_THERE",
    "PaperReceived",
    "Reception",
    "papers_received",
    "reception_of",
]


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


@dataclass(frozen=True, slots=True)
class Reception:
    """
    What a receipt says of who received the dossier, and for when that agency promised its result.

    It is the agency that accepted it last; until one did, ``by_name`` is empty and it is the one it
    was filed with. A transfer alone changes nothing of it.
    """

    agency: str
    by_name: str
    at: datetime | None
    due_at: datetime


@for_rooms
def reception_of(view: DossierView) -> Reception:
    """Return who received a dossier that was read; a statement where another agency has it now."""
    which, taken = 0, view.history[0]
    for n, x in enumerate(view.history):
        opened = x.step is Step.REOPEN and (taken.step is Step.FILE or taken.agency != x.agency)
        if x.step is Step.ACCEPT or opened:
            which, taken = n, x
    there = view.history[which:]
    left = next((n for n, x in enumerate(there) if x.agency != taken.agency), None)
    due_at = view.due_at if left is None else _promised(view.code, there[left - 1], there[left])
    return Reception(
        agency=taken.agency,
        by_name=taken.by_name if taken.step is Step.ACCEPT else "",
        at=None if taken.step is Step.FILE else taken.at,
        due_at=due_at,
    )


def _promised(code: str, last: StepTaken, passed_on: StepTaken) -> datetime:
    """Return the due time at an agency as it passed a dossier on, its calendar's changes too."""
    moves = DueMove.objects.filter(dossier__code=code, at__range=(last.at, passed_on.at))
    moved = moves.order_by("id").values_list("due_at", flat=True).last()
    return moved or last.due_at


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
