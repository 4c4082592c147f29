"""Take a dossier that another member's portal hands on: checked as if it were filed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.counter import NotAtCounter
from motcua.dossiers.operations.drafts import NotOnline
from motcua.dossiers.operations.filing import (
    CHANNEL_NUMBER,
    AtDesk,
    FiledBefore,
    Filing,
    ForWhom,
    ReturnBy,
    file_dossier,
)
from motcua.dossiers.queries.handed_on import handed_standing
from motcua.exchange.queries.members import member_known, own_members
from motcua.files.operations.keeping import keep_told
from motcua.forwarding.events import DossierTaken
from motcua.forwarding.models import Taken
from motcua.forwarding.rules.answers import Accepted
from motcua.forwarding.rules.codes import gave_code, top_of
from motcua.forwarding.rules.manifest import (
    Answered,
    Manifest,
    Person,
    files_of,
    read_line,
    renamed,
)
from motcua.identity.operations.parties import PartyKind, register_party
from motcua.identity.operations.recognising import proven_account
from motcua.identity.queries.parties import name_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, NotFound
from motcua.kernel.folding import fold
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack_for
from motcua.registries.operations.proofs import keep_told as keep_proofs
from motcua.registries.queries.proofs import PAPER, ProofTold

__all__ = ["AnotherContent", "Arrived", "NotYourCode", "Strangers", "files_kept", "take_dossier"]


class NotYourCode(Forbidden):
    code = "forwarding.not-your-code"
    message = N_("{member} hands on dossiers under codes of its own only, not {dossier}.")


class Strangers(NotFound):
    code = "forwarding.not-ours"
    message = N_("{agency} is no agency whose dossiers are processed here. Look its portal up.")


class AnotherContent(Conflict):
    code = "forwarding.another-content"
    message = N_(
        "A dossier {dossier} was taken before with other content. What was taken stays; send "
        "changes as the answer to a request for supplement."
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A call that brings something: who made it, the entry that proves it, on whose behalf."""

    member: str
    entry: UUID
    by: Actor
    at: datetime


def take_dossier(body: BinaryIO, came: Arrived) -> Accepted:
    """
    Open a dossier of what a member hands on, once: again it is answered as the first time.

    Who the applicant is, we believe the member, as the agreement says; whether answers and papers
    are right, we look for ourselves, by the version of the form that is in force here.

    :raises BadManifest: if the body is not one whole dossier
    :raises NotYourCode: if its code is not the member's
    :raises Strangers: if the agency is not of a member that this portal speaks for
    :raises AnotherContent: if the code was used for something else
    :raises Refusal: as filing does, and as files are refused
    """
    told, digest = read_line(body, Manifest)
    if not gave_code(came.member, told.code):
        raise NotYourCode(member=came.member, dossier=told.code)
    if top_of(told.agency) not in {top_of(each) for each in own_members()}:
        raise Strangers(agency=told.agency)
    if (known := _before(told, digest, came)) is not None:
        return known
    filing = _filing(told, body, came)
    try:
        return _opened(filing, told, digest, came)
    except FiledBefore:
        found = _before(told, digest, came)
        if found is None:
            raise
        return found


def _before(told: Manifest, digest: str, came: Arrived) -> Accepted | None:
    row = Taken.objects.filter(member=came.member, code=told.code).first()
    if row is None:
        return None
    if row.digest != digest:
        raise AnotherContent(dossier=told.code)
    return _accepted(row.dossier)


def _accepted(code: str) -> Accepted:
    stands = handed_standing(code)
    assert stands is not None
    facts: dict[str, Any] = {"fee": stands.fee, "claim": stands.claim}
    return Accepted(code, stands.number, localtime(stands.due_at), stands.agency, **facts)


def _filing(told: Manifest, body: BinaryIO, came: Arrived) -> Filing:
    """Return what is filed; its files are kept by now, and swept if it comes to nothing."""
    definition = pack_for(told.procedure, on=localtime(came.at).date())
    channel = _CHANNELS[told.channel]
    if definition is None or channel not in definition.channels:
        raise NotAtCounter if told.desk else NotOnline(procedure=told.procedure)
    whose, has_account = _person(told.applicant, came)
    names = files_kept(body, told, owner=whose, came=came)
    return Filing(
        pack=definition,
        answers=renamed(told.answers, names),
        papers={paper: [names[file] for file in ids] for paper, ids in told.papers.items()},
        source=f"member:{came.member}",
        reference=told.code,
        channel=channel,
        desk=AtDesk(**msgspec.structs.asdict(told.desk)) if told.desk else None,
        for_whom=ForWhom(whose, told.applicant.name, claimable=not has_account),
        filer=(came.by.id, _by_whom(told, came)),
        return_by=ReturnBy(told.return_by),
        return_to=told.return_to,
        proven=frozenset(_papers_proven(told)),
    )


_CHANNELS = {number: channel for channel, number in CHANNEL_NUMBER.items()}


def _papers_proven(told: Manifest) -> Iterator[str]:
    """Yield the papers that registries stand for, where their signed answers came along."""
    for proof in told.proofs:
        if proof.field.startswith(PAPER) and proof.answer:
            yield proof.field.removeprefix(PAPER)


def _by_whom(told: Manifest, came: Arrived) -> str:
    """Return who filed it there, and through which portal."""
    portal = member_known(came.member).title
    return f"{told.acting.name} ({portal})"[:200] if told.acting else portal[:200]


def _person(told: Person, came: Arrived) -> tuple[str, bool]:
    """Return the id of the account or party here that somebody is, and whether it is an account."""
    account = proven_account(told.number) if told.kind == "person" else None
    if account is not None and fold(name_of(account) or "") == fold(told.name):
        return account, True
    system = Actor.system("forwarding")
    facts: dict[str, Any] = {"born": told.born, "phone": told.phone, "by": system, "at": came.at}
    return register_party(PartyKind(told.kind), told.number, told.name, **facts).id, False


def files_kept(
    body: BinaryIO, told: Manifest | Answered, *, owner: str, came: Arrived
) -> dict[str, str]:
    """
    Keep the files that follow a line, each checked as any upload; return their ids here by theirs.

    :raises BadManifest: if a file is not what the line says
    :raises Invalid: if the portal does not take such a file
    """
    most = settings.FILE_MOST_BYTES
    return {
        file.id: keep_told(content, file.name, owner=owner, by=came.by, at=came.at).id
        for file, content in files_of(body, told, most=most)
    }


@one_transaction
def _opened(filing: Filing, told: Manifest, digest: str, came: Arrived) -> Accepted:
    whose = filing.for_whom
    assert whose is not None
    with transaction.atomic():
        filed = file_dossier(filing, by=Actor(whose.applicant, whose.name), at=came.at)
    Taken.objects.create(
        member=came.member,
        code=told.code,
        dossier=filed.code,
        digest=digest,
        entry=came.entry,
        person=msgspec.to_builtins(told.applicant),
        at=came.at,
    )
    proofs = [ProofTold(**msgspec.structs.asdict(proof)) for proof in told.proofs]
    keep_proofs(filed.code, proofs, by=came.by, at=came.at)
    taken = DossierTaken(
        subject=filed.code, member=came.member, code=told.code, entry=str(came.entry)
    )
    announce(taken, by=came.by, at=came.at)
    return _accepted(filed.code)
