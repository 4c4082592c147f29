"""What a person sees before and right after filing: what it comes to, and the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import Agency, agency
from motcua.agencies.queries.calendars import calendar_of_known
from motcua.dossiers.queries.competence import NoCompetentAgency, competent_for
from motcua.dossiers.queries.dossiers import DossierView, dossier_for_work
from motcua.dossiers.queries.drawn import Drawn, signature_drawn
from motcua.dossiers.queries.known import PaperProof
from motcua.dossiers.queries.received import (
    PaperReceived,
    Reception,
    papers_received,
    reception_of,
)
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.purposes import purpose_of
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.forms.queries.forms import Problem, Words, misplaced, problems_in
from motcua.identity.queries.people import Contact, contact_if_any
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.kernel.scope import public
from motcua.kernel.worktime import Limit
from motcua.packs.queries.packs import (
    Channel,
    FeeLine,
    Pack,
    PaperAsked,
    fees_for,
    limit_for,
    pack,
    papers_for,
    result_for,
    total_of,
    unit_of,
)
from motcua.payments.queries.bills import BillSeen, bill_for

__all__ = ["PaperHeld", "Preview", "Receipt", "page_problems", "papers_held", "preview", "receipt"]

CHANNELS = {1: Channel.COUNTER, 2: Channel.ONLINE, 3: Channel.POST}


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A paper asked for, and the files given for it, or what registries say that stands for it."""

    asked: PaperAsked
    files: tuple[KeptFile, ...]
    proofs: tuple[PaperProof, ...] = ()

    @property
    def missing(self) -> bool:
        """Tell whether filing waits for it."""
        return self.asked.required and not self.files and not self.proofs


@dataclass(frozen=True, slots=True)
class Preview:
    """What filing now would come to; without an agency yet, nobody can say when it is due."""

    agency: str
    due_at: datetime | None
    limit: Limit
    fees: tuple[FeeLine, ...]
    total: Dong


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    The receipt and appointment slip of a dossier (Circular 01/2018/TT-VPCP).

    It is of the agency that received the dossier, whoever has it now. ``contact`` is that of who is
    written to, where they have an account. ``drawn`` is the signature given on the tablet.
    """

    dossier: DossierView
    received: Reception
    agency: str
    place: Agency
    contact: Contact | None
    title: Words
    result: Words
    limit: Limit
    papers: tuple[PaperReceived, ...]
    bill: BillSeen | None
    drawn: Drawn | None


@public
def preview(
    definition: Pack,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    channel: Channel = Channel.ONLINE,
) -> Preview:
    """Return what filing these answers ``at`` that moment would come to."""
    on = localtime(at).date()
    limit = limit_for(definition, channel, answers, on=on)
    fees = fees_for(definition, answers, channel=channel, on=on)
    place = None
    if unit_of(definition, answers):
        try:
            place = competent_for(definition, answers, on=on)
        except NoCompetentAgency:
            place = None
    return Preview(
        agency=place.name if place else "",
        due_at=Clock(filed_at=at, limit=limit).due(calendar_of_known(place)) if place else None,
        limit=limit,
        fees=fees,
        total=total_of(fees),
    )


@public
def page_problems(
    definition: Pack, answers: Mapping[str, Any], step: str | None = None, *, at: datetime
) -> tuple[Problem, ...]:
    """Return what is wrong with a page (or the whole form), places included."""
    on = localtime(at).date()
    found = problems_in(definition.form, answers, step, on=on)
    named = {problem.field for problem in found}
    places = misplaced(definition.form, answers, step, on=on)
    return (*found, *(problem for problem in places if problem.field not in named))


def papers_held(
    definition: Pack,
    answers: Mapping[str, Any],
    papers: Mapping[str, Sequence[str]],
    *,
    by: Actor,
    at: datetime,
    proofs: Mapping[str, tuple[PaperProof, ...]] = {},
) -> tuple[PaperHeld, ...]:
    """
    Return the papers asked for in this case with the actor's files for them; one statement.

    :param proofs: what stands for papers, by their ids
    """
    if by.is_anonymous:
        return ()
    asked = papers_for(definition, answers, on=localtime(at).date())
    wanted = [file for each in asked for file in papers.get(each.paper.id, ())]
    known = {file.id: file for file in infos_for_room(wanted)} if wanted else {}
    return tuple(
        PaperHeld(
            each,
            tuple(known[file] for file in papers.get(each.paper.id, ()) if file in known),
            proofs.get(each.paper.id, ()),
        )
        for each in asked
    )


def receipt(code: str, *, by: Actor, at: datetime) -> Receipt:
    """
    Return the receipt of a dossier the actor may see; an official's look is written down.

    :raises UnknownDossier: if there is none
    """
    found = dossier_for_work(code, by=by, at=at, purpose=purpose_of(by))
    definition = pack(found.pack)
    channel, on = CHANNELS[found.channel], localtime(found.filed_at).date()
    received = reception_of(found)
    place = agency(received.agency)
    return Receipt(
        dossier=found,
        received=received,
        agency=place.name,
        place=place,
        contact=contact_if_any(found.agent or found.applicant),
        title=definition.title,
        result=result_for(definition, found.answers, on=on).name,
        limit=limit_for(definition, channel, found.answers, on=on),
        papers=papers_received(found, definition),
        bill=bill_for(code, by=by),
        drawn=signature_drawn(found),
    )
