"""What officials marked on the papers of a dossier, for the one who has to send better ones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.dossiers.models import Dossier, Mark, PaperCheck
from motcua.dossiers.rules.access import is_theirs
from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a paper, or with one ``page`` of it; 0 where it is about the whole."""

    words: str
    page: int


def remarks_on(code: str, *, by: Actor) -> Mapping[str, list[Remark]]:
    """
    Return what was marked on each paper of the actor's dossier, while they are asked for more.

    Three statements; an official's unfinished marks are nobody else's before that.
    """
    found: defaultdict[str, list[Remark]] = defaultdict(list)
    dossier = Dossier.objects.visible_to(by).filter(code=code, state=State.SUPPLEMENT).first()
    if dossier is None or not is_theirs(by=by, applicant=dossier.applicant, agent=dossier.agent):
        return found
    checks = PaperCheck.objects.filter(dossier=dossier).exclude(verdict="ok").exclude(remark="")
    for check in checks.order_by("id"):
        found[check.paper].append(Remark(check.remark, 0))
    for mark in Mark.objects.filter(dossier=dossier).order_by("page", "id"):
        found[mark.paper].append(Remark(mark.words, mark.page))
    return found
