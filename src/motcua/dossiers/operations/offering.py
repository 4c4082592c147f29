"""What the national registries know of the person who fills in a form: offered, never imposed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.agencies.queries.countries import country_named
from motcua.agencies.queries.units import Level, NoSuchUnit, places_on, unit_at
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.drafts import locked_draft, save_answers
from motcua.dossiers.queries.known import Whom, is_theirs
from motcua.forms.queries.forms import Field, Kind, parts_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.folding import fold
from motcua.kernel.text import N_
from motcua.registries.operations.asking import About, Outcome, ask, ask_all
from motcua.registries.operations.consenting import NotAgreed
from motcua.registries.operations.objecting import Said, object_to
from motcua.registries.operations.proofs import keep_proof
from motcua.registries.queries.answers import Address, Fact, Register, Source
from motcua.registries.queries.consents import consent_for
from motcua.registries.queries.facts import key_of, path_of, value_of
from motcua.registries.queries.questions import Answer, Question, question_about

__all__ = [
    "AnsweredMeanwhile",
    "NotAgreed",
    "NotOffered",
    "Offer",
    "Said",
    "can_offer",
    "object_to",
    "offers",
    "take",
]

PURPOSE = "prefill-form"
WITHIN = 2.0
KINDS = {Kind.LONG_TEXT: "text"}
"""Kinds of questions that take the value of another kind."""
ANSWERED = frozenset(
    (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.DATE, Kind.ADDRESS, Kind.PERSON, Kind.ENTERPRISE)
)
"""Kinds of questions for which a registry has values."""

Value = str | dict[str, str]


class NotOffered(NotFound):
    code = "dossiers.not-offered"
    message = N_("The registry tells nothing for this question now. Answer it yourself.")


class AnsweredMeanwhile(Conflict):
    code = "dossiers.answered-meanwhile"
    message = N_("You answered this question while the registry was asked. Your answer stays.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A value for a field, whose it is, and where in the registry's record it stands."""

    field: Field
    value: Value
    source: Source
    key: str
    path: str


def can_offer(fields: Iterable[Field], answers: Mapping[str, Any], number: str = "") -> list[Field]:
    """
    Return the fields without an answer that some registry could give one for.

    :param number: whose facts they must be: the personal id number of who applies
    """
    return [
        each
        for each in fields
        if is_theirs(each.about, answers, number)
        and each.kind in ANSWERED
        and path_of(each.held_by)
        and not answers.get(each.id)
    ]


def offers(
    draft: UUID, fields: Iterable[Field], *, whom: Whom, by: Actor, at: datetime, on: date
) -> tuple[list[Offer], list[Register]]:
    """
    Ask for the fields' answers, all their registries at once, for at most two seconds.

    Never inside a transaction. Returns what is offered, and which registers did not answer.

    :raises NotAgreed: if the person has not agreed, or no longer
    """
    _check_agreed(draft, whom)
    wanted = [(field, asked) for field in fields if (asked := _question(field, whom)) is not None]
    questions = list(dict.fromkeys(asked for _, asked in wanted))
    about = About(whom.id, str(draft))
    found = ask_all(questions, purpose=PURPOSE, about=about, by=by, at=at, within=WITHIN)
    told: dict[Question[Fact], Outcome] = dict(zip(questions, found, strict=True))
    made = (_offer(field, told[asked], on) for field, asked in wanted)
    silent = [q.register for q, each in told.items() if isinstance(each, Exception)]
    return [each for each in made if each is not None], list(dict.fromkeys(silent))


def take(
    draft: UUID,
    field: Field,
    *,
    whom: Whom,
    instead: Any = None,
    by: Actor,
    at: datetime,
    on: date,
) -> None:
    """
    Answer a field as the registry says now, and keep the proof of it with the draft.

    :param instead: the answer whose place it takes, where there is one
    :raises AnsweredMeanwhile: if the field has another answer once the registry has told
    :raises NotAgreed: if the person has not agreed, or no longer
    :raises NotOffered: if the registry tells nothing for it
    :raises Unavailable: if it does not answer
    """
    _check_agreed(draft, whom)
    question = _question(field, whom)
    if question is None:
        raise NotOffered
    told = ask(question, purpose=PURPOSE, about=About(whom.id, str(draft)), by=by, at=at)
    offer = _offer(field, told, on)
    if offer is None:
        raise NotOffered
    _take(draft, offer, instead, by=by, at=at)


@one_transaction
def _take(draft: UUID, offer: Offer, instead: Any, *, by: Actor, at: datetime) -> None:
    has = locked_draft(draft, by=by).answers.get(offer.field.id)
    if has and has != instead:
        raise AnsweredMeanwhile
    save_answers(draft, {offer.field.id: offer.value}, by=by, at=at)
    subject, name = str(draft), offer.field.id
    keep_proof(subject, name, offer.value, offer.source, key=offer.key, by=by, at=at)


def _check_agreed(draft: UUID, whom: Whom) -> None:
    consent = consent_for(str(draft))
    if consent is None or consent.person != whom.id:
        raise NotAgreed


def _question(field: Field, whom: Whom) -> Question[Fact] | None:
    return question_about(field.held_by, whom.number) if path_of(field.held_by) else None


def _offer(field: Field, told: Outcome, on: date) -> Offer | None:
    if not isinstance(told, Answer):
        return None
    value = _value(field, told.value, on)
    if not value:
        return None
    return Offer(field, value, told.source, key_of(told.value), path_of(field.held_by))


def _value(field: Field, told: Fact, on: date) -> Value | None:
    """Return an answer as the form takes it; nothing where it does not fit the question."""
    found = value_of(field.held_by, KINDS.get(field.kind, field.kind.value), told)
    if path_of(field.held_by) == "nationality":
        found = _with_name(found)
    if field.kind is Kind.CHOICE:
        return _chosen(field, found or ())
    if isinstance(found, Address):
        if field.kind is Kind.ADDRESS:
            return _parts(field, _place(found, on))
        named = places_on({(found.unit, on)}).values()
        return ", ".join(filter(None, (found.detail, *(place.name for place in named))))
    if isinstance(found, Mapping):
        return _parts(field, found)
    return found or None


def _with_name(found: Any) -> Any:
    """Return a country by its name, or among its words, where it is told by its code."""
    if isinstance(found, str):
        return country_named(found) or found
    return (*(found or ()), *filter(None, map(country_named, found or ())))


def _chosen(field: Field, words: Iterable[str]) -> str | None:
    """Return the option that says the same, by its value or its label."""
    meant = {fold(word) for word in words}
    for option in field.options:
        if meant & {fold(option.value), fold(option.label.vi)}:
            return option.value
    return None


def _parts(field: Field, known: Mapping[str, str]) -> dict[str, str] | None:
    """Return the parts a question asks, if the first of them is known."""
    parts = parts_of(field)
    return {part: known[part] for part in parts if known.get(part)} if known.get(parts[0]) else None


def _place(place: Address, on: date) -> dict[str, str]:
    try:
        commune = unit_at(place.unit, level=Level.COMMUNE, on=on)
        province = unit_at(commune.parent or "", level=Level.PROVINCE, on=on)
    except NoSuchUnit:
        return {}
    return {
        "province": province.code,
        "commune": commune.code,
        "street": place.detail,
    }
