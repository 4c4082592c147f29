"""What registries may be asked for a filing, about whom, and what stands for its papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.dossiers.models import Draft
from motcua.dossiers.queries.drafts import DraftView
from motcua.forms.queries.forms import Field
from motcua.identity.queries.people import person
from motcua.kernel.actors import Actor, Role
from motcua.kernel.scope import for_rooms, public
from motcua.packs.queries.packs import Pack, Paper
from motcua.registries.queries.answers import Register
from motcua.registries.queries.consents import consent_for
from motcua.registries.queries.objections import disputed
from motcua.registries.queries.proofs import PaperProof, papers_proven
from motcua.registries.queries.questions import question_about

__all__ = [
    "APPLICANT",
    "PaperProof",
    "Whom",
    "facts_wanted",
    "is_theirs",
    "papers_disputed",
    "papers_replaceable",
    "proofs_with",
    "register_asked",
    "standing_for",
    "standing_now",
    "whom_of",
]

APPLICANT = "applicant"
"""``about`` of a field or a paper where it is the applicant's fact, whoever the form names."""
Standing = Mapping[str, tuple[PaperProof, ...]]


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom registries may be asked about: an account or party, its personal id number, its name."""

    id: str
    number: str
    name: str


def whom_of(draft: DraftView | Draft, *, by: Actor, at: datetime) -> Whom | None:
    """
    Return about whom registries may be asked for a draft, once they agree.

    That is the draft's owner, if it is known that the account is theirs: else one could type a
    stranger's number and read their data. At the counter it is who stands before the clerk and
    files for themself. In a filing for somebody else, or from a letter, it is nobody.
    """
    if not settings.REGISTRIES or draft.authority is not None:
        return None
    if draft.counter is not None:
        return _at_counter(draft.counter, by=by)
    me = person(by.id, by=by, at=at)
    return None if me.proven_at is None else Whom(me.id, me.personal_id, me.name)


def _at_counter(noted: Mapping[str, Any], *, by: Actor) -> Whom | None:
    here = noted["channel"] == "counter" and noted["filer"] == noted["applicant"]
    number = noted.get("number", "")
    if not (here and number and by.agency and by.serves(by.agency, Role.CLERK)):
        return None
    return Whom(noted["applicant"], number, noted["name"])


@public
def is_theirs(about: str, answers: Mapping[str, Any], number: str) -> bool:
    """Tell whether a fact of ``about`` is that of the person with this number."""
    if about == APPLICANT:
        return True
    named = answers.get(about) if about else None
    return isinstance(named, Mapping) and bool(number) and named.get("id") == number


@public
def facts_wanted(pack: Pack) -> tuple[str, ...]:
    """Return the facts a procedure would ask registries for, where they are the applicant's."""
    fields: Iterable[Field] = pack.form.fields
    of_fields = [field.held_by for field in fields if field.about]
    of_papers = [fact for paper in papers_replaceable(pack) for fact in paper.held_by]
    facts = dict.fromkeys((*of_fields, *of_papers))
    return tuple(fact for fact in facts if register_asked(fact))


@public
def papers_replaceable(pack: Pack) -> tuple[Paper, ...]:
    """Return the papers registries could stand for; of a linked pack, for all its parts."""
    return tuple(
        paper
        for paper in pack.papers
        if paper.about and paper.held_by and all(map(register_asked, paper.held_by))
    )


@for_rooms
def standing_for(
    draft: UUID, pack: Pack, answers: Mapping[str, Any], number: str, *, at: datetime
) -> Standing:
    """
    Return what stands for papers of a draft now, by the paper's id (three statements at most).

    Nothing does without a consent that holds, once it is too old, where the rules of the procedure
    ask for more by now, where the answers say by now that the paper is another person's, or while
    the register's owner has not answered the person who said that it is wrong there.
    """
    replaceable = papers_replaceable(pack)
    if not settings.REGISTRIES or not replaceable or consent_for(str(draft)) is None:
        return {}
    oldest = at - timedelta(hours=settings.PROOF_HOURS)
    known = papers_proven(str(draft), newer_than=oldest)
    wrong = papers_disputed(replaceable, number) if known else frozenset[str]()
    return {
        paper.id: known[paper.id]
        for paper in replaceable
        if paper.id in known
        and paper.id not in wrong
        and set(paper.held_by) <= {each.fact for each in known[paper.id]}
        and is_theirs(paper.about, answers, number)
    }


@for_rooms
def papers_disputed(papers: Iterable[Paper], number: str) -> frozenset[str]:
    """Return the papers that no register stands for while its person says it is wrong there."""
    asked = tuple(papers)
    wrong = disputed(number, {fact for paper in asked for fact in paper.held_by})
    return frozenset(paper.id for paper in asked if wrong.intersection(paper.held_by))


def standing_now(draft: DraftView, pack: Pack, *, by: Actor, at: datetime) -> Standing:
    """Return what stands for papers of one of the actor's drafts, by the paper's id."""
    if not papers_replaceable(pack):
        return {}
    whom = whom_of(draft, by=by, at=at)
    if whom is None:
        return {}
    return standing_for(draft.id, pack, draft.answers, whom.number, at=at)


@for_rooms
def proofs_with(code: str, pack: Pack) -> Standing:
    """Return what a dossier was filed with instead of papers; one statement, if any can be."""
    return papers_proven(code) if any(paper.held_by for paper in pack.papers) else {}


@public
def register_asked(fact: str) -> Register | None:
    """Return the register that this portal asks for a fact; none where it asks nobody for it."""
    question = question_about(fact, "")
    if question is None or str(question.register) not in settings.REGISTRIES:
        return None
    return question.register
