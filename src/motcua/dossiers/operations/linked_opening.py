"""Opening a part of a linked filing: it becomes a dossier of its own, with its own clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import LinkedPartOpened
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.operations.carrying import goes_elsewhere
from motcua.dossiers.operations.filing import Filed, Filing, competent, file_dossier
from motcua.dossiers.operations.linked_desk import at_counter, who_filed
from motcua.dossiers.queries.carried_parts import carried_parts
from motcua.dossiers.queries.known import APPLICANT, facts_wanted
from motcua.dossiers.rules.linked import SOURCE, PartState, hold_of, parted, reference_of
from motcua.files.operations.keeping import copy as copy_file
from motcua.kernel.actors import Actor
from motcua.packs.queries.linking import answers_for, corrected, source_of_answer
from motcua.packs.queries.packs import pack
from motcua.registries.operations.following import rely_no_more
from motcua.registries.operations.proofs import share
from motcua.registries.queries.proofs import PAPER


@one_transaction
def open_part(linked: LinkedFiling, part: LinkedPart, *, by: Actor, at: datetime) -> Filed:
    """
    Make a part a dossier, by whom the whole was filed; the caller holds the filing locked.

    Where another portal processes it, it is carried there: what registries told for the whole goes
    along. What a registry stands for in the whole, it stands for here, unless the paper is another
    person's by what was corrected. A paper that is the result of a part before it is a copy of
    that result. What was corrected in a part before it, in answer to its agency, is corrected here
    too.

    :raises Refusal: as `file_dossier` does; then nothing was done
    """
    whole = _whole_now(linked, part)
    part.answers = _answers_now(linked, part, whole)
    filing = _filing_of(linked, part, whole, by=by, at=at)
    is_carried = goes_elsewhere(competent(filing, at=at).id, at=at)
    if is_carried:
        _share_proofs(linked, part, filing.reference)
    filed = file_dossier(filing, by=who_filed(linked), at=at)
    if is_carried:
        rely_no_more(filing.reference)
    else:
        _share_proofs(linked, part, filed.code)
        linked.newest = filed.code
        linked.save(update_fields=["newest"])
    part.state, part.dossier, part.opened_at = PartState.OPENED, filed.code, at
    part.papers, part.reason = dict(filing.papers), None
    part.save(update_fields=["state", "dossier", "opened_at", "answers", "papers", "reason"])
    if part.after:
        announce(
            LinkedPartOpened(
                subject=linked.code,
                part=part.part,
                dossier=filed.code,
                applicant=linked.applicant,
            ),
            by=by,
            at=at,
        )
    return filed


def _filing_of(
    linked: LinkedFiling,
    part: LinkedPart,
    whole: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Filing:
    proven, handed = parted(part.papers)
    papers = {
        paper: files
        if isinstance(files, list)
        else [_result_of(linked, part, files["result_of"], by=by, at=at)]
        for paper, files in handed.items()
    }
    filing = Filing(
        pack=pack(part.pack),
        answers=part.answers,
        papers=papers,
        source=SOURCE,
        reference=reference_of(linked.code, part.part),
        proven=frozenset(paper for paper, of in proven.items() if _same(of, linked, whole)),
    )
    known = next(each for each in pack(linked.pack).parts if each.id == part.part)
    return at_counter(filing, linked, known.papers, at=at)


def _same(paper: str, linked: LinkedFiling, whole: Mapping[str, Any]) -> bool:
    """Tell whether a paper of the whole is still that of the person it was proven for."""
    about = next(each.about for each in pack(linked.pack).papers if each.id == paper)
    return about == APPLICANT or whole.get(about) == linked.answers.get(about)


def _share_proofs(linked: LinkedFiling, part: LinkedPart, code: str) -> None:
    """Let what registries told for the whole be this dossier's too, where it takes it as it is."""
    definition = pack(linked.pack)
    if not facts_wanted(definition):
        return
    known = next(each for each in definition.parts if each.id == part.part)
    told = {field: source_of_answer(known, field) or "" for field in part.answers}
    proven, _ = parted(part.papers)
    share(linked.code, code, told | {PAPER + paper: PAPER + of for paper, of in proven.items()})


def _whole_now(linked: LinkedFiling, part: LinkedPart) -> Mapping[str, Any]:
    """Return the answers of the whole with what was corrected in the parts before this one."""
    whole: Mapping[str, Any] = linked.answers
    if not part.after:
        return whole
    definition = pack(linked.pack)
    known = {each.id: each for each in definition.parts}
    opened = {each.dossier: each for each in linked.parts.filter(state=PartState.OPENED)}
    answers = dict(Dossier.objects.filter(code__in=opened).values_list("code", "answers"))
    answers |= {
        code: each.answers for code, each in carried_parts(opened.keys() - answers.keys()).items()
    }
    for code, now in answers.items():
        before = opened[code]
        whole = corrected(known[before.part], whole, filed=before.answers, now=now)
    return whole


def _answers_now(
    linked: LinkedFiling, part: LinkedPart, whole: Mapping[str, Any]
) -> dict[str, Any]:
    if whole == linked.answers:
        return dict(part.answers)
    definition = pack(linked.pack)
    known = {each.id: each for each in definition.parts}
    on = localtime(linked.filed_at).date()
    return answers_for(known[part.part], definition, whole, pack(part.pack), on=on)


def _result_of(
    linked: LinkedFiling, part: LinkedPart, name: str, *, by: Actor, at: datetime
) -> str:
    before = linked.parts.get(part=name)
    found = Dossier.objects.filter(code=before.dossier).values_list("result", flat=True)
    ours = next(iter(found), None)
    result = ours or carried_parts([before.dossier])[before.dossier].result
    hold = hold_of(linked.code, part.part)
    return copy_file(str(result), owner=who_filed(linked).id, to=hold, by=by, at=at).id
