"""Opening a part of a linked filing: it becomes a dossier of its own, with its own clock."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import LinkedPartOpened
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.operations.filing import Filed, Filing, file_dossier
from motcua.dossiers.operations.linked_desk import at_counter, who_filed
from motcua.dossiers.rules.linked import SOURCE, PartState, hold_of, reference_of
from motcua.files.operations.keeping import copy as copy_file
from motcua.kernel.actors import Actor
from motcua.packs.queries.linking import answers_for, corrected
from motcua.packs.queries.packs import pack


@one_transaction
def open_part(linked: LinkedFiling, part: LinkedPart, *, by: Actor, at: datetime) -> Filed:
    """
    Make a part a dossier, by whom the whole was filed; the caller holds the filing locked.

    A paper that is the result of a part before it is a copy of that result. What was corrected in
    a part before it, in answer to its agency, is corrected here too.

    :raises Refusal: as `file_dossier` does; then nothing was done
    """
    part.answers = _answers_now(linked, part)
    filing = _filing_of(linked, part, by=by, at=at)
    filed = file_dossier(filing, by=who_filed(linked), at=at)
    part.state, part.dossier, part.opened_at = PartState.OPENED, filed.code, at
    part.papers, part.reason = dict(filing.papers), None
    part.save(update_fields=["state", "dossier", "opened_at", "answers", "papers", "reason"])
    linked.newest = filed.code
    linked.save(update_fields=["newest"])
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


def _filing_of(linked: LinkedFiling, part: LinkedPart, *, by: Actor, at: datetime) -> Filing:
    papers = {
        paper: files
        if isinstance(files, list)
        else [_result_of(linked, part, files["result_of"], by=by, at=at)]
        for paper, files in part.papers.items()
    }
    filing = Filing(
        pack=pack(part.pack),
        answers=part.answers,
        papers=papers,
        source=SOURCE,
        reference=reference_of(linked.code, part.part),
    )
    return at_counter(filing, linked, at=at)


def _answers_now(linked: LinkedFiling, part: LinkedPart) -> dict[str, Any]:
    if not part.after:
        return dict(part.answers)
    definition = pack(linked.pack)
    known = {each.id: each for each in definition.parts}
    opened = {each.dossier: each for each in linked.parts.filter(state=PartState.OPENED)}
    whole = linked.answers
    for code, now in Dossier.objects.filter(code__in=opened).values_list("code", "answers"):
        before = opened[code]
        whole = corrected(known[before.part], whole, filed=before.answers, now=now)
    if whole == linked.answers:
        return dict(part.answers)
    on = localtime(linked.filed_at).date()
    return answers_for(known[part.part], definition, whole, pack(part.pack), on=on)


def _result_of(
    linked: LinkedFiling, part: LinkedPart, name: str, *, by: Actor, at: datetime
) -> str:
    before = linked.parts.get(part=name)
    result = Dossier.objects.values_list("result", flat=True).get(code=before.dossier)
    hold = hold_of(linked.code, part.part)
    return copy_file(str(result), owner=who_filed(linked).id, to=hold, by=by, at=at).id
