"""What the national registries know of the person who fills in a form: offered, never imposed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from motcua.agencies.queries.units import Level, NoSuchUnit, unit_at
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.drafts import save_answers
from motcua.forms.queries.forms import Field, Kind
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.registries.operations.asking import About, Outcome, ask, ask_all
from motcua.registries.operations.objecting import Said, object_to
from motcua.registries.operations.proofs import keep_proof
from motcua.registries.queries.answers import (
    Card,
    Enterprises,
    Fact,
    Membership,
    Parcels,
    Person,
    Residence,
    Source,
    TaxAccount,
)
from motcua.registries.queries.questions import (
    Answer,
    CardOf,
    EnterprisesOf,
    MembershipOf,
    ParcelsOf,
    PersonById,
    Question,
    ResidenceOf,
    TaxAccountOf,
)

__all__ = ["NotOffered", "Offer", "Said", "can_offer", "object_to", "offers", "take"]

PURPOSE = "prefill-form"
WITHIN = 2.0
APPLICANT = "applicant"
"""A field's ``about`` where it asks for a fact of who applies: nobody else's is looked up."""

Value = str | dict[str, str]


class NotOffered(NotFound):
    code = "dossiers.not-offered"
    message = N_("The registry tells nothing for this question now. Answer it yourself.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A value for a field, whose it is, and where in the registry's record it stands."""

    field: Field
    value: Value
    source: Source
    key: str
    path: str


@dataclass(frozen=True, slots=True)
class _Way:
    """Which question answers a field, how its answer becomes a value, where it stood there."""

    ask: Callable[[str], Question[Any]]
    read: Callable[[Any, Field, date], Value | None]
    path: str


def _home(told: Residence, _field: Field, on: date) -> Value | None:
    place = told.permanent
    try:
        province = unit_at(place.unit, level=Level.COMMUNE, on=on).parent
    except NoSuchUnit:
        return None
    return {"province": province or "", "commune": place.unit, "street": place.detail}


def _firm(told: Enterprises, field: Field, _on: date) -> Value | None:
    first = told.enterprises[0]
    known = {"tax_code": first.tax_code, "name": first.name}
    return {part: known[part] for part in field.parts or known}


def _parcel(told: Parcels, _field: Field, _on: date) -> Value | None:
    return told.parcels[0].certificate if len(told.parcels) == 1 else None


_WAYS: Mapping[tuple[str, Kind], _Way] = {
    ("population.residence", Kind.ADDRESS): _Way(ResidenceOf, _home, "residence.detail"),
    ("population.ethnicity", Kind.TEXT): _Way(
        PersonById, lambda told, *_: cast(Person, told).ethnicity, "ethnicity"
    ),
    ("insurance.card", Kind.TEXT): _Way(
        CardOf, lambda told, *_: cast(Card, told).number, "cards.1.number"
    ),
    ("insurance.participation", Kind.TEXT): _Way(
        MembershipOf, lambda told, *_: cast(Membership, told).number, "number"
    ),
    ("finance.tax_code", Kind.TEXT): _Way(
        TaxAccountOf, lambda told, *_: cast(TaxAccount, told).tax_code, "tax_code"
    ),
    ("enterprise.registration", Kind.ENTERPRISE): _Way(EnterprisesOf, _firm, "name"),
    ("land.certificate", Kind.TEXT): _Way(ParcelsOf, _parcel, "certificate"),
}
"""The questions of forms that a registry can answer for the person themself."""


def can_offer(fields: Iterable[Field], answers: Mapping[str, Any]) -> list[Field]:
    """Return the fields without an answer that some registry could give one for."""
    return [each for each in fields if _way(each) is not None and not answers.get(each.id)]


def offers(
    fields: Iterable[Field], *, person_id: str, by: Actor, at: datetime, on: date
) -> tuple[list[Offer], bool]:
    """
    Ask for the fields' answers, all registries at once, for at most two seconds.

    Never inside a transaction. Returns what is offered, and whether somebody did not answer.
    """
    wanted = [(field, way) for field in fields if (way := _way(field)) is not None]
    questions = list(dict.fromkeys(way.ask(person_id) for _, way in wanted))
    found = ask_all(questions, purpose=PURPOSE, about=About(by.id), by=by, at=at, within=WITHIN)
    told: dict[Question[Fact], Outcome] = dict(zip(questions, found, strict=True))
    made = (_offer(field, way, told[way.ask(person_id)], on) for field, way in wanted)
    silent = any(isinstance(each, Exception) for each in found)
    return [each for each in made if each is not None], silent


def take(draft: UUID, field: Field, *, person_id: str, by: Actor, at: datetime, on: date) -> None:
    """
    Answer a field as the registry says now, and keep the proof of it with the draft.

    :raises NotOffered: if the registry tells nothing for it
    :raises Unavailable: if it does not answer
    """
    way = _way(field)
    if way is None:
        raise NotOffered
    told = ask(way.ask(person_id), purpose=PURPOSE, about=About(by.id), by=by, at=at)
    offer = _offer(field, way, told, on)
    if offer is None:
        raise NotOffered
    _take(draft, offer, by=by, at=at)


@one_transaction
def _take(draft: UUID, offer: Offer, *, by: Actor, at: datetime) -> None:
    save_answers(draft, {offer.field.id: offer.value}, by=by, at=at)
    subject, name = str(draft), offer.field.id
    keep_proof(subject, name, offer.value, offer.source, key=offer.key, by=by, at=at)


def _way(field: Field) -> _Way | None:
    """Return how a registry answers a question; none where it asks about somebody else."""
    return None if field.about != APPLICANT else _WAYS.get((field.held_by, field.kind))


def _offer(field: Field, way: _Way, told: Outcome, on: date) -> Offer | None:
    if not isinstance(told, Answer):
        return None
    value = way.read(told.value, field, on)
    if not value:
        return None
    return Offer(field, value, told.source, _key_of(told.value), way.path)


def _key_of(told: Fact) -> str:
    """Return the key of the record that an answer came from, as its register knows it."""
    if isinstance(told, Parcels):
        first = told.parcels[0]
        return f"{first.unit}-{first.sheet}-{first.number}"
    if isinstance(told, Enterprises):
        return told.enterprises[0].tax_code
    return told.tax_code if isinstance(told, TaxAccount) else str(getattr(told, "id", ""))
