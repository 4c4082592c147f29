"""What the papers page and the check page say of papers that registries stand for."""

from collections.abc import Iterable
from typing import Any

from motcua.dossiers.queries.filing import PaperHeld, papers_held
from motcua.dossiers.queries.known import (
    is_theirs,
    papers_replaceable,
    standing_now,
    whom_of,
)
from motcua.dossiers.web.filing_consent import consent_line
from motcua.dossiers.web.filing_frame import Way
from motcua.dossiers.web.pages import register_words

ASK = "hoi"
"""Posted by the button that has registries asked for papers."""


def held_with_proofs(way: Way) -> tuple[PaperHeld, ...]:
    """Return the papers of a filing with their files, and what stands for them instead."""
    facts = (way.pack, way.draft.answers, way.draft.papers)
    proofs = standing_now(way.draft, way.pack, by=way.by, at=way.at)
    return papers_held(*facts, by=way.by, at=way.at, proofs=proofs)


def asking_line(way: Way, held: Iterable[PaperHeld]) -> dict[str, Any]:
    """
    Return what the papers page needs: whether registries may be asked, and which were in vain.

    ``to_ask`` tells that some paper has not been asked for yet: then the page asks by itself.
    """
    line = consent_line(way) if papers_replaceable(way.pack) else {"consent": None}
    open_papers = _open(way, held) if line["consent"] or line.get("consent_at") else frozenset()
    vain = line["consent"].in_vain if line["consent"] else {}
    return {
        "consent_at": "",
        **line,
        "replaceable": open_papers,
        "in_vain": {paper: vain[paper] for paper in open_papers if paper in vain},
        "to_ask": bool(line["consent"]) and any(paper not in vain for paper in open_papers),
        "register_words": register_words,
    }


def _open(way: Way, held: Iterable[PaperHeld]) -> frozenset[str]:
    """Return the papers of this case that a registry might still stand for."""
    whom = whom_of(way.draft, by=way.by, at=way.at)
    may = {paper.id: paper.about for paper in papers_replaceable(way.pack)}
    if whom is None:
        return frozenset()
    missing = (each.asked.paper.id for each in held if not each.files and not each.proofs)
    return frozenset(
        paper
        for paper in missing
        if paper in may and is_theirs(may[paper], way.draft.answers, whom.number)
    )
