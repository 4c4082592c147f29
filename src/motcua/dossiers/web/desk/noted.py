"""What officials noted on a dossier, as its page shows it."""

from motcua.dossiers.operations.step_checks import BEGINS_ANEW, WORKED
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.lifecycle import OPEN, Step
from motcua.dossiers.rules.remarks import SEEN_WORDS, VERDICT_LOOK, VERDICT_WORDS
from motcua.dossiers.web.handed import PaperShown, filed_on
from motcua.dossiers.web.marked import marked_pages
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Pack, papers_for


def remarks_shown(
    view: DossierView,
    pack: Pack,
    papers: list[PaperShown],
    *,
    near: bool,
    by: Actor,
    language: str,
) -> dict[str, object]:
    """
    Return what was noted on a dossier, and what can be noted: each paper once, in order.

    :param near: whether the reader stands too near to somebody behind it to note anything
    """
    found = remarks_of(view.code, by=by)
    asked = papers_for(pack, view.answers, on=filed_on(view))
    names = {each.paper.id: each.paper.name[language] for each in asked}
    names |= {paper.id: paper.name for paper in papers}
    works = by.serves(view.agency, Role.CLERK, Role.SPECIALIST, Role.LEADER) and not near
    stages, decides = pack.workflow, {Step.PROPOSE, Step.APPROVE} & view.may
    four_eyes = view.stage < len(stages) and stages[view.stage].four_eyes
    return {
        "checklist": [(each, name, found.checks.get(each)) for each, name in names.items()],
        "pending_list": found.pending_list,
        "marks": found.marks,
        "marked_pages": {
            file.id: marked_pages(view.code, file, found.marks)
            for paper in papers
            for file in paper.files
        },
        "notes": found.notes,
        "verdict_words": VERDICT_WORDS,
        "verdict_look": VERDICT_LOOK,
        "seen_words": SEEN_WORDS,
        "works_on_it": works,
        "may_check": works and view.state in OPEN,
        "four_eyes": bool(decides)
        and four_eyes
        and any(x.by == by.id and x.step in WORKED for x in _this_time(view)),
    }


def _this_time(view: DossierView) -> tuple[StepTaken, ...]:
    """Return the steps since the work on a dossier last began from its start."""
    begun = max((n for n, x in enumerate(view.history) if x.step in BEGINS_ANEW), default=0)
    return view.history[begun:]
