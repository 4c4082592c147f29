"""A person agrees that registries are asked about them for one filing, or takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, NotFound
from motcua.kernel.text import N_
from motcua.registries.events import ConsentGiven, ConsentWithdrawn
from motcua.registries.models import Consent, Proof
from motcua.registries.queries.proofs import PAPER


class NotAgreed(Forbidden):
    code = "registries.not-agreed"
    message = N_("No registry is asked before the person agrees. Fill the form in without them.")


class NoSuchConsent(NotFound):
    code = "registries.no-such-consent"
    message = N_("You have given no such consent. Open the list of your consents again.")


class FiledWithConsent(Conflict):
    code = "registries.filed-with-consent"
    message = N_("{dossier} was filed with what you agreed to. Withdraw the dossier instead.")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person agrees to: which registers, in which words, and the version of the words."""

    procedure: str
    registers: tuple[str, ...]
    wording: str
    text: str


@one_transaction
def give_consent(draft: str, statement: Statement, *, person: str, by: Actor, at: datetime) -> None:
    """
    Let registries be asked about a person for a filing; given twice, it is once.

    The caller knows that the filing is the person's, or that they stand before the actor.

    :param draft: the filing
    :param person: the account or party that agrees
    """
    if Consent.objects.holding(draft).exists():
        return
    Consent.objects.create(
        draft=draft,
        subject=draft,
        person=person,
        by=by.id,
        by_name=by.name,
        procedure=statement.procedure,
        registers=list(statement.registers),
        wording=statement.wording,
        text=statement.text,
        given_at=at,
    )
    given = ConsentGiven(subject=draft, person=person, registers=list(statement.registers))
    announce(given, by=by, at=at)


@one_transaction
def withdraw_consent(subject: str, *, by: Actor, at: datetime) -> None:
    """
    Ask nothing more for a filing, and forget what stood for its papers.

    What the person has taken over into their answers is theirs, and stays. That they once agreed
    stays as evidence. The caller knows whose filing it is.
    """
    row = Consent.objects.holding(subject).select_for_update().first()
    if row is None:
        return
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    Proof.objects.filter(subject=subject, field__startswith=PAPER).delete()
    announce(ConsentWithdrawn(subject=subject, person=row.person), by=by, at=at)


@one_transaction
def withdraw_my_consent(consent: UUID, *, by: Actor, at: datetime) -> None:
    """
    Take one's own consent back from wherever it was written down, also by a clerk; twice is once.

    :raises NoSuchConsent: if the actor gave none such
    :raises FiledWithConsent: if the dossier was filed with it: it is part of its evidence
    """
    mine = Consent.objects.visible_to(by).select_for_update()
    row = mine.filter(pk=consent).first()
    if row is None:
        raise NoSuchConsent
    if row.subject != row.draft:
        raise FiledWithConsent(dossier=row.subject)
    if row.withdrawn_at is None:
        withdraw_consent(row.subject, by=by, at=at)


@one_transaction
def consent_held(subject: str) -> bool:
    """Tell whether a consent holds, and keep it so until the transaction ends."""
    return Consent.objects.holding(subject).select_for_update().first() is not None


@one_transaction
def forget_filing(subject: str, *, by: Actor, at: datetime) -> None:
    """Forget what was taken from registries for a filing that is thrown away."""
    withdraw_consent(subject, by=by, at=at)
    Proof.objects.filter(subject=subject).delete()


@one_transaction
def note_in_vain(subject: str, papers: Mapping[str, str]) -> None:
    """
    Note for which papers no registry could stand.

    It is ``unknown`` to it, it is ``silent``, or what it says is ``disputed`` by the person.
    """
    row = Consent.objects.holding(subject).select_for_update().first()
    if row is not None:
        row.silent = dict(papers)
        row.save(update_fields=["silent"])
