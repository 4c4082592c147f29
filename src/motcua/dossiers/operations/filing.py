"""Filing: the one moment that must never be lost or happen twice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierFiled
from motcua.dossiers.models import Dossier, Draft, Transition
from motcua.dossiers.models.dossier import ONCE
from motcua.dossiers.models.hot import write_opened
from motcua.dossiers.operations.behalf import whose
from motcua.dossiers.operations.carrying import Filed, carried, carrier_for
from motcua.dossiers.operations.filing_checks import (
    TOO_MANY,
    AnswersNotRight,
    AtDesk,
    Filing,
    ForWhom,
    NoCompetentAgency,
    NotEligible,
    as_fact,
    check_filing,
    competent,
)
from motcua.dossiers.operations.opening import CHANNEL_NUMBER, opened
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.queries.known import (
    facts_wanted,
    papers_replaceable,
    standing_for,
    whom_of,
)
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.files.operations.keeping import attach
from motcua.forms.queries.forms import files_in, seen
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import (
    fees_for,
    pack,
    pack_for,
    papers_for,
    total_of,
)
from motcua.payments.operations.billing import BillLine, issue_bill
from motcua.registries.operations.consenting import consent_held
from motcua.registries.operations.following import rely_no_more
from motcua.registries.operations.proofs import hand_over

__all__ = [
    "CHANNEL_NUMBER",
    "TOO_MANY",
    "AnswersNotRight",
    "AtDesk",
    "Filed",
    "FiledBefore",
    "Filing",
    "ForWhom",
    "IsLinked",
    "NoCompetentAgency",
    "NoSuchDraft",
    "NotEligible",
    "PackChanged",
    "ReturnBy",
    "Wishes",
    "as_fact",
    "as_filed",
    "check_filing",
    "competent",
    "file_dossier",
    "file_draft",
    "handed_in",
    "proofs_go_along",
    "with_proofs",
]

DRAFT = "draft"
"""The source of what was filled in here, step by step."""


class NoSuchDraft(NotFound):
    code = "dossiers.no-such-draft"
    message = N_("We could not find this draft. It may have been filed or removed: see your list.")


class FiledBefore(Conflict):
    code = "dossiers.filed-before"
    message = N_("This was filed before under the same key. Look for it in the list of dossiers.")


class PackChanged(Conflict):
    code = "dossiers.pack-changed"
    message = N_(
        "The rules of this procedure have changed since you began. See what changed first."
    )


class FiledAtCounter(Conflict):
    code = "dossiers.filed-at-counter"
    message = N_("You fill this in for somebody else. File it from the page of the counter.")


class IsLinked(Conflict):
    code = "dossiers.is-linked"
    message = N_("{procedure} is filed as several dossiers at once: send it as a linked filing.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """For whom a draft is filed, and how the result is to come: as ``Filing`` has it."""

    for_whom: ForWhom | None = None
    return_by: ReturnBy = ReturnBy.ONLINE
    return_to: Mapping[str, str] | None = None

    def facts(self) -> dict[str, Any]:
        """Return them as a filing takes them."""
        names = ("for_whom", "return_by", "return_to")
        return {name: getattr(self, name) for name in names}


NO_WISHES = Wishes()


@one_transaction
def file_draft(draft_id: UUID, *, by: Actor, at: datetime, wishes: Wishes = NO_WISHES) -> Filed:
    """
    File a draft; filing it again, even at the same moment, gives the same dossier.

    What the form no longer asks for in this case is left behind: it was only a try.

    :raises NoSuchDraft: if the actor has no such draft
    :raises AnswersNotRight: if answers or papers are missing or wrong; nothing is lost
    :raises NotEligible: if the procedure is not for this case
    :raises PackChanged: if another version of the pack is in force by now
    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    :raises ActingEnded: if the actor may no longer act for whom it was to be filed
    """
    draft = Draft.objects.visible_to(by).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    if draft.counter is not None:
        raise FiledAtCounter
    if draft.filed_as:
        return carried(draft.filed_as) or as_filed(Dossier.objects.get(code=draft.filed_as))
    filing = replace(handed_in(draft, at=at), **wishes.facts())
    if filing.for_whom is None and (behalf := whose(draft, by=by, at=at)):
        filing = replace(filing, for_whom=behalf, filer=(by.id, by.name))
    filing = with_proofs(filing, draft, by=by, at=at)
    filed = file_dossier(filing, by=by, at=at)
    proofs_go_along(filing, filed.code)
    draft.filed_as = filed.code
    draft.updated_at = at
    draft.save(update_fields=["filed_as", "updated_at"])
    return filed


def handed_in(draft: Draft, *, at: datetime) -> Filing:
    """
    Return what filing a draft hands in: what its form and its papers ask for in this case.

    :raises PackChanged: if another version of the pack is in force by now
    """
    definition, on = pack(draft.pack), localtime(at).date()
    if pack_for(draft.procedure, on=on) is not definition:
        raise PackChanged(procedure=draft.procedure)
    asked = {each.paper.id for each in papers_for(definition, draft.answers, on=on)}
    return Filing(
        pack=definition,
        answers=seen(definition.form, draft.answers, on=on),
        papers={paper: files for paper, files in draft.papers.items() if paper in asked},
        source=DRAFT,
        reference=str(draft.pk),
    )


def with_proofs(filing: Filing, draft: Draft, *, by: Actor, at: datetime) -> Filing:
    """Return a filing of a draft with the papers that registries stand for and nobody sent."""
    whom = whom_of(draft, by=by, at=at) if papers_replaceable(filing.pack) else None
    another = filing.for_whom is not None and (whom is None or filing.for_whom.applicant != whom.id)
    if whom is None or another or not consent_held(str(draft.pk)):
        return filing
    standing = standing_for(draft.pk, filing.pack, filing.answers, whom.number, at=at)
    return replace(filing, proven=frozenset(standing) - {p for p, f in filing.papers.items() if f})


def proofs_go_along(filing: Filing, code: str) -> None:
    """
    Let what registries told for a draft be the dossier's, or the linked filing's.

    Of what another portal processes, nobody here waits for changes. What programs file at once has
    no draft, and so nothing that was asked for it.
    """
    if filing.source == DRAFT and facts_wanted(filing.pack):
        hand_over(filing.reference, code, filing.proven)
        if filing.proven and carried(code) is not None:
            rely_no_more(code)


@one_transaction
def file_dossier(filing: Filing, *, by: Actor, at: datetime) -> Filed:
    """
    Open a dossier: number, dossier, first transition, bill and journal row, or nothing at all.

    Where another portal processes the agency's dossiers, it is kept to be carried there instead.

    :raises AnswersNotRight: if answers or papers are missing or wrong
    :raises NotEligible: if the procedure is not for this case
    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    :raises NotTheirAgent: if the actor may not act for whom they file
    :raises IsLinked: if the pack links others: `file_linked` files those
    :raises FiledBefore: if a dossier has this source and reference
    :raises TooMuchInAll: if its files are too much together
    """
    if filing.pack.parts:
        raise IsLinked(procedure=filing.pack.code)
    check_filing(filing, at=at)
    place = competent(filing, at=at)
    if (carrier := carrier_for(place, at=at)) is not None:
        return carrier.hand_in(filing, place, by=by, at=at)
    definition = filing.pack
    fees = fees_for(definition, filing.answers, channel=filing.channel, on=localtime(at).date())
    dossier = opened(filing, place, total_of(fees), by=by, at=at)
    try:
        write_opened(dossier, Transition.of(dossier, Step.FILE, by=by, at=at, **_said(filing)))
    except IntegrityError as taken:
        if ONCE not in str(taken):
            raise
        raise FiledBefore from taken
    held = {**filing.papers, **files_in(definition.form, filing.answers)}
    if files := [file for ids in held.values() for file in ids]:
        attach(files, to=dossier.code, by=by, held_by=f"{filing.source}:{filing.reference}")
        check_room(held)
    if dossier.fee:
        lines = [BillLine(fee.name.vi, fee.amount, fee.name.en) for fee in fees]
        payer = dossier.agent or dossier.applicant
        issue_bill(dossier.code, lines, payer=payer, agency=place.id, by=by, at=at)
    _announce(dossier, by=by, at=at)
    return as_filed(dossier)


def _said(filing: Filing) -> dict[str, Any]:
    """Return what the first step keeps of how another portal's desk took it."""
    desk = filing.desk
    return {"details": {"desk": asdict(desk)}} if desk is not None and desk.place else {}


def _announce(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    filed = DossierFiled(
        subject=dossier.code,
        procedure=dossier.procedure,
        agency=dossier.agency,
        applicant=dossier.applicant,
        channel=dossier.channel,
        due_at=localtime(dossier.due_at).isoformat(),
        fee=dossier.fee,
    )
    announce(filed, by=by, at=at)


def as_filed(dossier: Dossier) -> Filed:
    """Return what filing gave, from the dossier it opened."""
    return Filed(
        code=dossier.code,
        due_at=dossier.due_at,
        fee=dossier.fee,
        version=dossier.version,
        claim=dossier.claim,
    )
