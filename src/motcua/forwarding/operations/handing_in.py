"""A citizen files here what another member's portal processes: kept at once, handed on after."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import Agency, names_of, office
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.carrying import Filed
from motcua.dossiers.operations.filing import CHANNEL_NUMBER, FiledBefore
from motcua.dossiers.operations.filing_checks import Filing, NoCompetentAgency, check_agent
from motcua.dossiers.operations.numbers import next_code
from motcua.dossiers.operations.opening import new_claim
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.queries.carried_parts import LINKED
from motcua.dossiers.queries.filing import preview
from motcua.exchange.queries.members import own_members
from motcua.files.operations.keeping import attach
from motcua.files.queries.kept import infos_for_room
from motcua.forms.queries.forms import files_in, seen
from motcua.forwarding.events import DossierHandedIn
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.claiming import claim, claim_along
from motcua.forwarding.operations.outbox import have_sent
from motcua.forwarding.queries.desk import takes_any
from motcua.forwarding.queries.directory import is_agreed, provider_of
from motcua.forwarding.rules.manifest import Desk, File, Manifest, Person, Proof, line_of
from motcua.forwarding.rules.states import Handing
from motcua.identity.queries.parties import PartyKind, party_in_look
from motcua.identity.queries.people import NoSuchPerson, person_in_look
from motcua.kernel.actors import Actor
from motcua.registries.queries.proofs import proofs_to_tell

__all__ = [
    "carries",
    "claim",
    "claim_along",
    "desk_list",
    "desk_page",
    "filed",
    "hand_in",
    "takes",
]


def carries(agency: str, *, at: datetime) -> bool:  # noqa: ARG001 (as carriers are asked)
    """Tell whether an agency's dossiers are processed at another member's portal."""
    return provider_of(agency) is not None


@one_transaction
def hand_in(filing: Filing, place: Agency, *, by: Actor, at: datetime) -> Filed:
    """
    Keep what was filed, under a code of ours, and have it handed on.

    The row is both what the applicant sees and the outbox: nothing is lost while the member's
    portal is down, and nothing depends on it now.

    What came from a member is not handed on to a third one: nobody has agreed to that.

    :raises NoCompetentAgency: if the member has not agreed to take dossiers from here
    :raises NotTheirAgent: if the actor may not act for whom they file
    :raises FiledBefore: if something has this source and reference
    :raises TooMuchInAll: if its files are too much together
    """
    member = provider_of(place.id)
    is_in_transit = filing.source.startswith("member:")
    if member is None or is_in_transit or not is_agreed(member, at=at):
        raise NoCompetentAgency(unit=place.unit or "")
    check_agent(filing, by=by, at=at)
    code = next_code(own_members()[0], at=at)
    held = {**filing.papers, **files_in(filing.pack.form, filing.answers)}
    if files := [file for ids in held.values() for file in ids]:
        attach(files, to=code, by=by, held_by=f"{filing.source}:{filing.reference}")
        check_room(held)
    row = _row(filing, code, place, member, files=files, by=by, at=at)
    try:
        row.save(force_insert=True)
    except IntegrityError as taken:
        if "one_handed_per_source" not in str(taken):
            raise
        raise FiledBefore from taken
    announce(_handed_in(row), by=by, at=at)
    have_sent(row)
    return _filed(row)


def takes(agency: str, *, at: datetime) -> bool:
    """Tell whether an agency's portal has agreed to take dossiers from here."""
    member = provider_of(agency)
    return member is not None and is_agreed(member, at=at)


def filed(code: str) -> Filed | None:
    """Return what filing gave, where it was handed in here for another portal."""
    row = Handed.objects.filter(code=code).first()
    return None if row is None else _filed(row)


def desk_page(code: str) -> str:
    """Return where the desk that took it finds it; empty where no desk did."""
    taken = Handed.objects.filter(code=code).exclude(desk="").exists()
    return reverse("forwarding:at-desk", kwargs={"code": code}) if taken else ""


def desk_list(*, by: Actor) -> str:
    """Return where the actor's desk finds all it took; empty where it took nothing."""
    return reverse("forwarding:desk") if takes_any(by=by) else ""


def _filed(row: Handed) -> Filed:
    """Return what filing gave; what is to pay, the unit tells itself."""
    return Filed(code=row.code, due_at=row.due_at, fee=row.fee, claim=row.claim)


def _handed_in(row: Handed) -> DossierHandedIn:
    return DossierHandedIn(
        subject=row.code,
        procedure=row.procedure,
        agency=row.agency,
        member=row.member,
        applicant=row.applicant,
    )


def _row(
    filing: Filing,
    code: str,
    place: Agency,
    member: str,
    *,
    files: Iterable[str],
    by: Actor,
    at: datetime,
) -> Handed:
    definition, whose = filing.pack, filing.for_whom
    comes_to = preview(definition, filing.answers, at=at, channel=filing.channel)
    manifest = _manifest(filing, code, place.id, files=files, by=by, at=at)
    return Handed(
        code=code,
        agency=place.id,
        member=member,
        procedure=definition.code,
        title=definition.title.vi,
        pack=definition.version,
        applicant=whose.applicant if whose else by.id,
        agent=whose.agent if whose else "",
        manifest=line_of(manifest).decode(),
        source=filing.source,
        reference=filing.reference,
        filed_at=at,
        due_at=comes_to.due_at or at,
        fee=comes_to.total.amount,
        handing=Handing.WAITING,
        next_at=at,
        **_at_desk(filing, by=by),
    )


def _at_desk(filing: Filing, *, by: Actor) -> dict[str, str]:
    """Return who took it for whom, where a desk did, and the secret of the receipt."""
    whose = filing.for_whom
    if filing.desk is None or whose is None:
        return {}
    return {
        "desk": by.agency or "",
        "clerk": by.id,
        "filer": filing.filer[0] if filing.filer else whose.applicant,
        "claim": new_claim() if whose.claimable else "",
    }


def _manifest(
    filing: Filing, code: str, agency: str, *, files: Iterable[str], by: Actor, at: datetime
) -> Manifest:
    definition, whose, on = filing.pack, filing.for_whom, localtime(at).date()
    known = infos_for_room(dict.fromkeys(files))
    return Manifest(
        code=code,
        procedure=definition.code,
        pack=definition.version,
        agency=agency,
        applicant=_person(whose.applicant if whose else by.id),
        acting=_acting(filing, by=by),
        answers=seen(definition.form, filing.answers, on=on),
        papers={paper: list(ids) for paper, ids in filing.papers.items() if ids},
        proofs=_proofs(filing),
        files=[File(x.id, x.name, x.media_type, x.size, x.sha256) for x in known],
        filed_at=localtime(at),
        consent_at=localtime(at),
        return_by=int(filing.return_by),
        return_to=dict(filing.return_to) if filing.return_to else None,
        **_desk(filing),
    )


def _acting(filing: Filing, *, by: Actor) -> Person | None:
    """Return who filed it, or stood at the desk, where that is not the applicant."""
    whose = filing.for_whom
    filer = filing.filer[0] if filing.desk and filing.filer else by.id
    return _person(filer) if whose and whose.applicant != filer else None


def _desk(filing: Filing) -> dict[str, Any]:
    """Return the channel, the desk that took it, where one did, and when a letter came there."""
    if filing.desk is None or filing.office is None:
        return {}
    place = office(filing.office)
    name = names_of([place.agency]).get(place.agency, place.agency)
    told = {**asdict(filing.desk), "place": f"{place.name}, {name}"}
    came = {"arrived": localtime(filing.arrived)} if filing.arrived else {}
    return {"channel": CHANNEL_NUMBER[filing.channel], "desk": Desk(**told), **came}


def _proofs(filing: Filing) -> list[Proof]:
    """
    Return what registries told for a draft, or for the whole that this is part of.

    It is our word to the unit, provable from our log.
    """
    if filing.source not in ("draft", LINKED):
        return []
    told = proofs_to_tell(filing.reference, filing.answers, filing.proven)
    return [Proof(**asdict(each)) for each in told]


def _person(id_: str) -> Person:
    """Return who somebody is, account or party, as we vouch for it."""
    try:
        known = person_in_look(id_)
    except NoSuchPerson:
        party = party_in_look(id_)
        facts: dict[str, Any] = {"born": party.born, "phone": party.phone}
        if party.kind is PartyKind.ORGANISATION:
            facts["kind"] = "organisation"
        return Person(party.number, party.name, **facts)
    return Person(
        number=known.personal_id,
        name=known.name,
        born=known.birth_date,
        sex=known.sex,
        phone=known.phone,
        email=known.email,
        language=known.language,
        proven_at=localtime(known.proven_at) if known.proven_at else None,
        proven_by=known.proven_agency,
    )
