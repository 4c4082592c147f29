"""What a dossier was filed with instead of a paper, for those who may see the dossier."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.looks import record_look
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.known import PaperProof
from motcua.dossiers.queries.papers import UnknownPaper
from motcua.forms.queries.forms import Words
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack
from motcua.registries.queries.proofs import Evidence, evidence_of, papers_proven

__all__ = ["Evidence", "ProvenPaper", "evidence_for", "proven_paper"]


@dataclass(frozen=True, slots=True)
class ProvenPaper:
    """A paper that nobody had to hand in, and what stands for it."""

    code: str
    id: str
    name: Words
    mine: bool
    proofs: tuple[PaperProof, ...]


def proven_paper(code: str, paper: str, *, by: Actor, at: datetime, purpose: str) -> ProvenPaper:
    """
    Return what stands for a paper; an official's look is written down for the applicant to see.

    :raises UnknownPaper: if nothing does, or the actor may not know that there is a dossier
    """
    seen = Dossier.objects.visible_to(by).only("applicant", "agent", "pack")
    dossier = seen.filter(code=code).first()
    found = papers_proven(code).get(paper) if dossier is not None else None
    if dossier is None or not found:
        raise UnknownPaper
    what = N_("Proof from a registry")
    record_look(dossier.applicant, what, reference=code, purpose=purpose, by=by, at=at)
    names = {each.id: each.name for each in pack(dossier.pack).papers}
    mine = by.id in {dossier.applicant, dossier.agent}
    return ProvenPaper(code, paper, names[paper], mine, found)


def evidence_for(paper: ProvenPaper, *, by: Actor) -> tuple[Evidence, ...]:
    """
    Return how others can check it: the signed answers, and where they stand in the message log.

    :raises NotYetNumbered: if the log has not been signed since
    """
    del by  # who may see the paper was let in when it was read
    return tuple(evidence_of(each.id) for each in paper.proofs)
