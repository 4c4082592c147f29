"""File for somebody who stands at the counter, or whose letter came: an official fills the form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import NoSuchOffice, agency
from motcua.agencies.queries.agencies import office as office_named
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.carrying import carried
from motcua.dossiers.operations.counter_people import (
    PURPOSE,
    AuthoritySeen,
    BehalfRefused,
    Known,
    check_still_acts,
    for_whom,
    who_is,
)
from motcua.dossiers.operations.filing import (
    AtDesk,
    Filed,
    Filing,
    ForWhom,
    NoSuchDraft,
    as_filed,
    competent,
    file_dossier,
    handed_in,
    proofs_go_along,
    with_proofs,
)
from motcua.dossiers.operations.linked import file_linked
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.access import OwnDossier
from motcua.dossiers.rules.counter import (
    IDENTITY_PAPERS,
    TABLET,
    Present,
    Way,
    check_finished,
    check_present,
)
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.forms.queries.forms import is_drawn
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Channel, Pack, pack_for
from motcua.queues.operations.tickets import link_dossier

__all__ = [
    "IDENTITY_PAPERS",
    "PURPOSE",
    "AuthoritySeen",
    "BehalfRefused",
    "Finished",
    "Present",
    "Way",
    "begin_counter",
    "file_counter",
    "file_counter_linked",
]

OLDEST_LETTER = timedelta(days=60)
"""How long ago a letter may have come and still be entered."""


class ClerksOnly(Forbidden):
    code = "dossiers.clerks-only"
    message = N_("Only clerks of the one-stop desk file for others. Sign in with that post.")


class NotAtCounter(NotFound):
    code = "dossiers.not-at-counter"
    message = N_("This procedure cannot be taken here that way yet. Look for another one.")


class GoesElsewhere(Conflict):
    code = "dossiers.goes-elsewhere"
    message = N_("This goes to {agency}, not to you. Check the place, or send the applicant there.")


@dataclass(frozen=True, slots=True)
class Finished:
    """
    What the clerk says when the form is filled: how it was signed, in which form papers came.

    ``strokes`` is what was drawn as a signature, an SVG path of M and L within 600 × 200.
    """

    signed: str
    papers: Mapping[str, str]
    return_by: ReturnBy = ReturnBy.ON_THE_SPOT
    return_to: Mapping[str, str] | None = None
    accept: bool = False
    strokes: str = ""


@one_transaction
def begin_counter(
    procedure: str,
    present: Present,
    way: Way,
    *,
    behalf: AuthoritySeen | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """
    Begin a draft of the clerk's for who stands there; return its id.

    The person is the account with the number and name, else a party without an account.

    :param behalf: where they come for somebody else: for whom, and by what authority
    :raises ClerksOnly: if the actor is no clerk
    :raises NotAtCounter: if the procedure is not taken that way
    :raises NoSuchOffice: if the office is another agency's
    :raises NotChecked: if something about the person, the papers or the letter is missing
    :raises PartyRefused: if number, name or birth date cannot be right
    :raises BehalfRefused: if the one acted for cannot be right
    :raises AuthorityRefused: if the authority cannot be right
    :raises OwnDossier: if the person or the applicant is the clerk or a relative
    """
    definition = _taken_here(procedure, way, by=by, at=at)
    check_present(present, way, at=at, oldest=at - OLDEST_LETTER)
    filer = who_is(present, by=by, at=at)
    whose = filer if behalf is None else for_whom(behalf, filer, definition, by=by, at=at)
    for person in (filer, whose):
        if related(by.id, person.id):
            raise OwnDossier
    draft = Draft.objects.create(
        applicant=by.id,
        procedure=procedure,
        pack=definition.version,
        counter=_noted(present, way, filer, whose, behalf=behalf is not None),
        updated_at=at,
    )
    return draft.pk


@one_transaction
def file_counter(draft_id: UUID, finished: Finished, *, by: Actor, at: datetime) -> Filed:
    """
    File a draft for the person it was filled for; filing it again gives the same dossier.

    With ``accept`` it is accepted at once, unless a fee is to come first, or another portal's desk
    processes it: then that accepts it. Whoever stands at the clerk's window by a number has the
    dossier noted with it.

    :raises ClerksOnly: if the actor is no clerk any more
    :raises NoSuchDraft: if the actor has no such draft for somebody else
    :raises NotChecked: if it is not said how it was signed or in which form a paper came
    :raises OwnDossier: if the person is the clerk or a relative
    :raises FilerMayNoLonger: if the authority of who came is over
    :raises GoesElsewhere: if another agency is competent for it
    :raises Refusal: as `file_draft` does
    """
    draft = _draft(draft_id, by=by)
    if draft.filed_as:
        return carried(draft.filed_as) or as_filed(Dossier.objects.get(code=draft.filed_as))
    filing = _ready(draft, finished, by=by, at=at)
    filed = file_dossier(filing, by=by, at=at)
    is_carried = carried(filed.code) is not None
    if not is_carried and not filed.code.startswith(f"{by.agency}-"):
        raise GoesElsewhere(agency=competent(filing, at=at).name)
    proofs_go_along(filing, filed.code)
    _note_filed(draft, filed.code, finished, at=at)
    if finished.accept and not filed.fee and not is_carried:
        take_step(filed.code, Step.ACCEPT, by=by, at=at)
    link_dossier(filed.code, by=by, at=at)
    return filed


@one_transaction
def file_counter_linked(draft_id: UUID, finished: Finished, *, by: Actor, at: datetime) -> str:
    """
    File a draft of a linked pack for the person it was filled for; return the code of the whole.

    The parts that wait for none open at once and are of this counter; where ``accept`` says so,
    those of this agency without a fee are accepted. One at least must be this agency's, or another
    portal's, to be handed on. Filing it again gives the same.

    :raises GoesElsewhere: if other agencies are competent for all that opens now
    :raises Refusal: as `file_counter` and `file_linked` do
    """
    draft = _draft(draft_id, by=by)
    if draft.filed_as:
        return draft.filed_as
    filing = _ready(draft, finished, by=by, at=at)
    filed = file_linked(filing, by=by, at=at)
    away = [code for code in filed.dossiers.values() if carried(code) is not None]
    codes = [x for x in filed.dossiers.values() if x.startswith(f"{by.agency}-") and x not in away]
    if not codes and not away:
        raise GoesElsewhere(agency=agency(min(filed.dossiers.values()).rsplit("-", 2)[0]).name)
    _note_filed(draft, filed.code, finished, at=at)
    free = Dossier.objects.filter(code__in=codes, fee=0).values_list("code", flat=True)
    for code in sorted(free) if finished.accept else ():
        take_step(code, Step.ACCEPT, by=by, at=at)
    link_dossier((codes or away)[0], by=by, at=at)
    return filed.code


def _draft(draft_id: UUID, *, by: Actor) -> Draft:
    """Return a draft of the clerk's for somebody else, held for this transaction."""
    _check_clerk(by)
    mine = Draft.objects.visible_to(by).filter(counter__isnull=False)
    draft = mine.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    return draft


def _ready(draft: Draft, finished: Finished, *, by: Actor, at: datetime) -> Filing:
    """Return what to file, once it is said how it was signed and nobody near is concerned."""
    counter = draft.counter or {}
    filing = with_proofs(_filing(draft, counter, finished, by=by, at=at), draft, by=by, at=at)
    scanned = [paper for paper, files in filing.papers.items() if files]
    drawn = is_drawn(finished.strokes)
    check_finished(finished.signed, finished.papers, scanned, drawn=drawn)
    if any(related(by.id, counter[who]) for who in ("applicant", "filer")):
        raise OwnDossier
    check_still_acts(counter, draft.procedure, at=at)
    return filing


def _note_filed(draft: Draft, code: str, finished: Finished, *, at: datetime) -> None:
    draft.filed_as, draft.updated_at = code, at
    noted: dict[str, Any] = {"signed": finished.signed, "papers": dict(finished.papers)}
    if finished.signed == TABLET:
        noted["strokes"] = finished.strokes
    draft.counter = {**(draft.counter or {}), **noted}
    draft.save(update_fields=["filed_as", "counter", "updated_at"])


def _check_clerk(by: Actor) -> None:
    if by.agency is None or not by.serves(by.agency, Role.CLERK):
        raise ClerksOnly


def _taken_here(procedure: str, way: Way, *, by: Actor, at: datetime) -> Pack:
    """Return the pack, if the actor is a clerk of the office and it is taken that way."""
    _check_clerk(by)
    definition = pack_for(procedure, on=localtime(at).date())
    if definition is None or Channel(way.channel) not in definition.channels:
        raise NotAtCounter
    if office_named(way.office).agency != by.agency:
        raise NoSuchOffice
    return definition


def _filing(
    draft: Draft, counter: Mapping[str, Any], finished: Finished, *, by: Actor, at: datetime
) -> Filing:
    whose = ForWhom(
        counter["applicant"],
        counter["name"],
        authority=UUID(counter["authority"]) if counter["authority"] else None,
        agent=counter["agent"],
        claimable=counter["claimable"],
    )
    return replace(
        handed_in(draft, at=at),
        channel=Channel(counter["channel"]),
        for_whom=whose,
        filer=(counter["filer"], counter["filer_name"]),
        office=counter["office"],
        return_by=finished.return_by,
        return_to=finished.return_to,
        arrived=datetime.fromisoformat(counter["arrived"]) if counter["arrived"] else None,
        desk=AtDesk(by.name, counter["identity"], finished.signed, dict(finished.papers)),
    )


def _noted(
    present: Present, way: Way, filer: Known, whose: Known, *, behalf: bool
) -> dict[str, Any]:
    """Return what a draft keeps of who stood there and for whom it is."""
    return {
        "office": way.office,
        "channel": way.channel,
        "tracking": way.tracking.strip(),
        "arrived": way.arrived.isoformat() if way.arrived else "",
        "identity": present.document,
        "number": "" if behalf else "".join(filter(str.isdigit, present.number)),
        "applicant": whose.id,
        "name": whose.name,
        "claimable": not whose.account,
        "filer": filer.id,
        "filer_name": filer.name,
        "agent": filer.id if behalf and filer.account else "",
        "authority": whose.authority,
    }
