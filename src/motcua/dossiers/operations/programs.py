"""Drafts filled in by programs in somebody's name: what they send is right, or is not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.drafts import (
    attach,
    begin_draft,
    carry_over,
    detach,
    locked_draft,
    save_answers,
)
from motcua.dossiers.operations.filing import (
    NO_WISHES,
    AnswersNotRight,
    Wishes,
    as_fact,
    file_draft,
)
from motcua.dossiers.operations.linked import file_linked_draft
from motcua.dossiers.operations.proving import prove_papers
from motcua.dossiers.queries.drafts import draft
from motcua.dossiers.queries.filing import page_problems, papers_held
from motcua.dossiers.queries.known import standing_now, whom_of
from motcua.forms.queries.forms import seen
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import Pack, pack

__all__ = ["FiledByProgram", "Wishes", "ask_for_papers", "begin_with", "change", "hand_in"]


@dataclass(frozen=True, slots=True)
class FiledByProgram:
    """The code of what was filed; of a linked filing, also of its dossiers by part."""

    code: str
    dossiers: Mapping[str, str]


@one_transaction
def begin_with(
    procedure: str,
    answers: Mapping[str, Any],
    papers: Mapping[str, Sequence[str]],
    *,
    by: Actor,
    at: datetime,
) -> UUID:
    """
    Begin a draft with answers and papers, as `change` takes them.

    :raises NotOnline: if the procedure is not filed online here
    """
    made = begin_draft(procedure, by=by, at=at)
    change(made, answers, papers, by=by, at=at)
    return made


@one_transaction
def change(
    draft_id: UUID,
    answers: Mapping[str, Any],
    papers: Mapping[str, Sequence[str]],
    *,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """
    Keep answers beside those kept before, and for each paper named exactly these files.

    The draft is put under the version of its pack that is in force.

    :raises NoSuchDraft: if the actor has none such
    :raises AlreadyFiled: if it was filed in the meantime
    :raises StaleVersion: if it was changed since ``seen_version``
    :raises AnswersNotRight: if one of the answers is wrong, or not asked for; nothing is kept
    :raises Refusal: as `save_answers` and `attach` do
    """
    carry_over(draft_id, by=by, at=at)
    held = locked_draft(draft_id, by=by)
    problems = _problems(pack(held.pack), held.answers, answers, at=at)
    if problems:
        raise AnswersNotRight(problems=problems)
    save_answers(draft_id, answers, by=by, at=at, seen=seen_version)
    for paper, files in papers.items():
        for file in set(held.papers.get(paper, ())) - set(files):
            detach(draft_id, paper, file, by=by, at=at)
        for file in files:
            attach(draft_id, paper, file, by=by, at=at)


def _problems(
    definition: Pack, held: Mapping[str, Any], given: Mapping[str, Any], *, at: datetime
) -> list[dict[str, str]]:
    """Return what is wrong with the answers given, beside those that are held."""
    whole = {**held, **given}
    asked = seen(definition.form, whole, on=localtime(at).date())
    wrong = [
        as_fact(definition, each)
        for each in page_problems(definition, whole, at=at)
        if each.field.partition(".")[0] in given
    ]
    not_asked = _("This question is not asked in this case.")
    return [*wrong, *({"at": name, "message": not_asked} for name in given if name not in asked)]


def ask_for_papers(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """
    Ask registries for the papers nobody sent, where the person has agreed; two seconds at most.

    Never inside a transaction.

    :raises UnknownDraft: if the actor has no such draft
    """
    found = draft(draft_id, by=by)
    whom = None if found.filed_as else whom_of(found, by=by, at=at)
    if whom is not None:
        prove_papers(found, pack(found.pack), whom=whom, by=by, at=at)


def hand_in(
    draft_id: UUID, wishes: Wishes = NO_WISHES, *, by: Actor, at: datetime
) -> FiledByProgram:
    """
    File a draft, as one dossier or several; filing it again gives the same.

    What stood for a paper and is too old by now is asked for again first: never inside a
    transaction.

    :raises UnknownDraft: if the actor has no such draft
    :raises Refusal: as `file_draft` and `file_linked_draft` do
    """
    found = draft(draft_id, by=by)
    definition = pack(found.pack)
    proofs = standing_now(found, definition, by=by, at=at)
    facts = (definition, found.answers, found.papers)
    if any(each.missing for each in papers_held(*facts, by=by, at=at, proofs=proofs)):
        ask_for_papers(draft_id, by=by, at=at)
    if definition.parts:
        filed = file_linked_draft(draft_id, by=by, at=at)
        return FiledByProgram(filed.code, filed.dossiers)
    return FiledByProgram(file_draft(draft_id, by=by, at=at, wishes=wishes).code, {})
