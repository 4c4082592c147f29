"""Ask registries for what stands for the papers of a filing, so that nobody sends those."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.timezone import localtime

from motcua.dossiers.queries.drafts import DraftView
from motcua.dossiers.queries.known import (
    Whom,
    is_theirs,
    papers_disputed,
    papers_replaceable,
    standing_for,
)
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import Pack, Paper, papers_for
from motcua.registries.operations.asking import About, Outcome, ask_all
from motcua.registries.operations.consenting import note_in_vain
from motcua.registries.operations.proofs import keep_paper
from motcua.registries.queries.answers import Fact
from motcua.registries.queries.consents import ConsentHeld, consent_for
from motcua.registries.queries.facts import shown_by
from motcua.registries.queries.questions import Answer, NotKnown, Question, question_about

PURPOSE = "prefill-form"
WITHIN = 2.0
"""Seconds the person waits at most; who has not answered by then is left out."""
UNKNOWN, SILENT, DISPUTED = "unknown", "silent", "disputed"

Told = Mapping[str, tuple[Question[Fact], Outcome]]


def papers_to_ask(
    draft: DraftView, pack: Pack, whom: Whom, consent: ConsentHeld, *, at: datetime
) -> tuple[Paper, ...]:
    """Return the papers of this case that nobody sent, that nothing stands for, and that may be."""
    asked = {each.paper.id for each in papers_for(pack, draft.answers, on=localtime(at).date())}
    standing = standing_for(draft.id, pack, draft.answers, whom.number, at=at)
    return tuple(
        paper
        for paper in papers_replaceable(pack)
        if paper.id in asked
        and consent.person == whom.id
        and not draft.papers.get(paper.id)
        and paper.id not in standing
        and is_theirs(paper.about, draft.answers, whom.number)
    )


def prove_papers(draft: DraftView, pack: Pack, *, whom: Whom, by: Actor, at: datetime) -> None:
    """
    Ask for the papers that are still to be sent, and keep what stands for one.

    Never inside a transaction. Without the person's consent nobody is asked. A registry that does
    not answer within two seconds is left out, and the paper asked for as ever; so is one about
    what the person said is wrong in the register.
    """
    consent = consent_for(str(draft.id))
    if consent is None:
        return
    papers = papers_to_ask(draft, pack, whom, consent, at=at)
    if not papers:
        return
    wrong = papers_disputed(papers, whom.number)
    vain = dict.fromkeys(wrong, DISPUTED)
    papers = tuple(paper for paper in papers if paper.id not in wrong)
    told = _asked(papers, draft, whom, by=by, at=at) if papers else {}
    for paper in papers:
        proof = {fact: _proves(fact, *told[fact], at=at) for fact in paper.held_by}
        kept = {fact: each for fact, each in proof.items() if each is not None}
        if len(kept) < len(proof):
            vain[paper.id] = _why_not(told[fact][1] for fact in paper.held_by)
        else:
            keep_paper(str(draft.id), paper.id, kept, by=by, at=at)
    note_in_vain(str(draft.id), vain)


def _asked(
    papers: Iterable[Paper], draft: DraftView, whom: Whom, *, by: Actor, at: datetime
) -> Told:
    wanted: dict[str, Question[Fact]] = {}
    for fact in (fact for paper in papers for fact in paper.held_by):
        question = question_about(fact, whom.number)
        assert question is not None
        wanted[fact] = question
    questions = list(dict.fromkeys(wanted.values()))
    about = About(whom.id, str(draft.id))
    found = ask_all(questions, purpose=PURPOSE, about=about, by=by, at=at, within=WITHIN)
    outcomes = dict(zip(questions, found, strict=True))
    return {fact: (question, outcomes[question]) for fact, question in wanted.items()}


def _proves(
    fact: str, question: Question[Fact], outcome: Outcome, *, at: datetime
) -> tuple[Question[Fact], Answer[Fact]] | None:
    """Return an answer by which others can see that a fact holds today."""
    if not isinstance(outcome, Answer) or outcome.evidence is None:
        return None
    shown = shown_by(fact, outcome.value, on=localtime(at).date())
    return None if shown is None else (question, outcome)


def _why_not(outcomes: Iterable[Outcome]) -> str:
    answered = all(isinstance(each, Answer | NotKnown) for each in outcomes)
    return UNKNOWN if answered else SILENT
