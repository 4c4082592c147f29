"""Filing a linked pack: once, whole, in one transaction; what can be opened opens at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.timezone import localtime
from django.utils.translation import get_language

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import LinkedFiled
from motcua.dossiers.models import Draft, LinkedFiling, LinkedPart
from motcua.dossiers.models.linked import LINKED_ONCE
from motcua.dossiers.operations.carrying import goes_elsewhere, is_taken
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
    FiledAtCounter,
    FiledBefore,
    Filing,
    NoCompetentAgency,
    NoSuchDraft,
    check_filing,
    competent,
    handed_in,
    proofs_go_along,
    with_proofs,
)
from motcua.dossiers.operations.linked_desk import noted_at_counter
from motcua.dossiers.operations.linked_opening import open_part
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.rules.linked import PROVEN, PartState, hold_of, new_code, parted
from motcua.files.operations.keeping import attach
from motcua.files.operations.keeping import copy as copy_file
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_
from motcua.packs.queries.linking import (
    Part,
    ResultOf,
    answers_for,
    papers_for_part,
    parts_for,
    source_of_answer,
    waits_for,
)
from motcua.packs.queries.packs import Channel, Pack, pack_for


class NothingToFile(Conflict):
    code = "dossiers.nothing-to-file"
    message = N_("With these answers nothing would be filed. Choose at least one of the parts.")


class PartNotOnline(Conflict):
    code = "dossiers.part-not-online"
    message = N_("{procedure} cannot be filed online now, so this linked filing cannot either.")


class PartNotAtCounter(Conflict):
    code = "dossiers.part-not-at-counter"
    message = N_("{procedure} is not taken at the counter, so file the others one by one.")


class PartNotByPost(Conflict):
    code = "dossiers.part-not-by-post"
    message = N_("{procedure} is not taken by post, so enter the others one by one.")


class PartHasNoAgency(NoCompetentAgency):
    code = "dossiers.part-has-no-agency"
    message = N_(
        "{part}: the place you chose does not take this procedure online yet. "
        "Check the place, or file the parts one by one."
    )


@dataclass(frozen=True, slots=True)
class FiledAsOne:
    """What the person gets at once: the code of the whole, and of the dossiers opened by part."""

    code: str
    dossiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Plan:
    part: Part
    target: Pack
    answers: Mapping[str, Any]
    papers: Mapping[str, Any]
    after: tuple[str, ...]


@one_transaction
def file_linked_draft(draft_id: UUID, *, by: Actor, at: datetime) -> FiledAsOne:
    """
    File a draft of a linked pack; filing it again, even at the same moment, gives the same filing.

    :raises NoSuchDraft: if the actor has no such draft
    :raises FiledAtCounter: if a clerk fills it in for somebody else
    :raises PackChanged: if another version of the pack is in force by now
    :raises Refusal: as `file_linked` does
    """
    draft = Draft.objects.visible_to(by).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    if draft.counter is not None:
        raise FiledAtCounter
    if draft.filed_as:
        return filed_as_one(LinkedFiling.objects.get(code=draft.filed_as))
    filing = with_proofs(handed_in(draft, at=at), draft, by=by, at=at)
    filed = file_linked(filing, by=by, at=at)
    draft.filed_as = filed.code
    draft.updated_at = at
    draft.save(update_fields=["filed_as", "updated_at"])
    return filed


@one_transaction
def file_linked(filing: Filing, *, by: Actor, at: datetime) -> FiledAsOne:
    """
    Keep a linked filing and open every part that waits for none, or nothing at all.

    The parts that wait are checked against the packs of their procedures now, and keep their
    answers, files and pack versions until their turn.

    :raises AnswersNotRight: if answers or papers are missing or wrong, for the whole or for a part
    :raises NothingToFile: if the answers choose none of the parts
    :raises PartNotOnline: if a part's procedure cannot be filed online
    :raises PartNotAtCounter: if one cannot be filed at a counter, and this is
    :raises PartNotByPost: if one cannot come by post, and this did
    :raises PartHasNoAgency: if no agency that takes it from here is competent for a part
    :raises NotEligible: if a part is not for this case
    :raises FiledBefore: if a linked filing has this source and reference
    """
    check_filing(filing, at=at)
    plans = _plans(filing, at=at)
    for plan in plans:
        _check(plan, filing, at=at)
    linked = _kept(filing, by=by, at=at)
    proofs_go_along(filing, linked.code)
    taken: set[str] = set()
    parts = [_planned(linked, n, p, filing, taken, by=by, at=at) for n, p in enumerate(plans)]
    for part in parts:
        if not part.after:
            open_part(linked, part, by=by, at=at)
    filed = filed_as_one(linked)
    whose = {"procedure": linked.procedure, "applicant": linked.applicant}
    names, opened = [part.part for part in parts], dict(filed.dossiers)
    announce(LinkedFiled(subject=linked.code, parts=names, opened=opened, **whose), by=by, at=at)
    return filed


def _plans(filing: Filing, *, at: datetime) -> list[_Plan]:
    on, definition = localtime(at).date(), filing.pack
    chosen = parts_for(definition, filing.answers, on=on)
    given = {**filing.papers, **{paper: {PROVEN: paper} for paper in filing.proven}}
    if not chosen:
        raise NothingToFile
    plans = []
    for part in chosen:
        if (target := pack_for(part.procedure, on=on)) is None:
            raise PartNotOnline(procedure=part.name[get_language() or "vi"])
        if filing.for_whom is not None and filing.channel not in target.channels:
            refusal = PartNotByPost if filing.channel is Channel.POST else PartNotAtCounter
            raise refusal(procedure=part.name[get_language() or "vi"])
        answers = answers_for(part, definition, filing.answers, target, on=on)
        papers = papers_for_part(part, given, answers, target, on=on)
        plans.append(_Plan(part, target, answers, papers, waits_for(part, chosen)))
    return plans


def _check(plan: _Plan, filing: Filing, *, at: datetime) -> None:
    """Check a part as if it were filed now; what is wrong is told at the answers of the whole."""
    proven, handed = parted(plan.papers)
    there = {paper: ["-"] if isinstance(x, ResultOf) else x for paper, x in handed.items()}
    part = replace(filing, pack=plan.target, answers=plan.answers)
    whole = replace(part, papers=there, proven=frozenset(proven))
    name = plan.part.name[get_language() or "vi"]
    try:
        check_filing(whole, at=at)
        place = competent(whole, at=at)
    except NoCompetentAgency as missing:
        raise PartHasNoAgency(part=name) from missing
    except AnswersNotRight as wrong:
        problems = wrong.facts["problems"]
        assert isinstance(problems, list)
        raise AnswersNotRight(
            problems=[_told(plan.part, name, each) for each in problems]
        ) from None
    if goes_elsewhere(place.id, at=at) and not is_taken(place.id, at=at):
        raise PartHasNoAgency(part=name)


def _told(part: Part, name: str, problem: Mapping[str, str]) -> dict[str, str]:
    at = source_of_answer(part, problem["at"]) or f"parts.{part.id}.{problem['at']}"
    return {"at": at, "message": f"{name}: {problem['message']}"}


def _kept(filing: Filing, *, by: Actor, at: datetime) -> LinkedFiling:
    whose = filing.for_whom
    try:
        return LinkedFiling.objects.create(
            code=new_code(),
            procedure=filing.pack.code,
            pack=filing.pack.version,
            title=filing.pack.title.vi,
            applicant=whose.applicant if whose else by.id,
            applicant_name=whose.name if whose else by.name,
            counter=noted_at_counter(filing, by=by),
            answers=dict(filing.answers),
            papers={paper: list(files) for paper, files in filing.papers.items()},
            filed_at=at,
            source=filing.source,
            reference=filing.reference,
        )
    except IntegrityError as error:
        if LINKED_ONCE not in str(error):
            raise
        raise FiledBefore from error


def _planned(
    linked: LinkedFiling,
    number: int,
    plan: _Plan,
    filing: Filing,
    taken: set[str],
    *,
    by: Actor,
    at: datetime,
) -> LinkedPart:
    """Keep a part with its own files: the first part that needs a file takes it, others copy it."""
    papers: dict[str, Any] = {}
    hold = hold_of(linked.code, plan.part.id)
    for paper, source in plan.papers.items():
        if isinstance(source, ResultOf):
            papers[paper] = {"result_of": source.result_of}
            continue
        if isinstance(source, Mapping):
            papers[paper] = dict(source)
            continue
        papers[paper] = _files(source, hold, filing, taken, by=by, at=at)
    check_room({paper: files for paper, files in papers.items() if isinstance(files, list)})
    return LinkedPart.objects.create(
        filing=linked,
        part=plan.part.id,
        number=number,
        procedure=plan.target.code,
        pack=plan.target.version,
        name=plan.part.name.vi,
        name_en=plan.part.name.en,
        answers=dict(plan.answers),
        papers=papers,
        after=list(plan.after),
        state=PartState.PLANNED,
    )


def _files(
    files: Sequence[str], hold: str, filing: Filing, taken: set[str], *, by: Actor, at: datetime
) -> list[str]:
    fresh = [file for file in files if file not in taken]
    attach(fresh, to=hold, by=by, held_by=f"{filing.source}:{filing.reference}")
    taken.update(fresh)
    return [
        file if file in fresh else copy_file(file, owner=by.id, to=hold, by=by, at=at).id
        for file in files
    ]


def filed_as_one(linked: LinkedFiling) -> FiledAsOne:
    """Return what filing gave, from the parts that are opened by now."""
    opened = linked.parts.filter(state=PartState.OPENED).order_by("number")
    return FiledAsOne(linked.code, dict(opened.values_list("part", "dossier")))
