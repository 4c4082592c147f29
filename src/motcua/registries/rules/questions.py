"""
What the national registries can be asked.

A question names its register, the path of its service and the type of its answer; `ANSWERS` says
which fact of which registry it answers, by the names of ``packs/data/registries.yaml``. ``as_of``
asks for the truth of a day; without it, of the day the question is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Generic, TypeVar

import msgspec

from motcua.registries.rules.answers import (
    Card,
    Contributions,
    Enterprise,
    Enterprises,
    Fact,
    Membership,
    Obligations,
    Parcel,
    Parcels,
    Register,
    Source,
    TaxAccount,
)
from motcua.registries.rules.persons import Family, Person, Residence

__all__ = [
    "ANSWERS",
    "QUESTIONS",
    "Answer",
    "CardOf",
    "ContributionsOf",
    "EnterpriseByTaxCode",
    "EnterprisesOf",
    "Evidence",
    "FamilyOf",
    "MembershipOf",
    "NotKnown",
    "ObligationsOf",
    "ParcelById",
    "ParcelsOf",
    "PersonById",
    "Question",
    "Register",
    "ResidenceOf",
    "TaxAccountOf",
    "question_about",
    "question_at",
]

Key = Annotated[str, msgspec.Meta(max_length=40)]
T_co = TypeVar("T_co", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answer as its owner signed it, and the entry of our message log that holds the call."""

    entry: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """What a registry knows, whose answer it is, and by what that can be shown to others."""

    value: T_co
    source: Source
    evidence: Evidence | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The registry answered that it has no such record."""

    member: str
    register: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Question(Generic[T_co]):
    """One question; ``about`` is the person, enterprise or parcel it is about."""

    register: ClassVar[Register]
    path: ClassVar[str]
    answer: ClassVar[type[Fact]]
    as_of: date | None = field(default=None, kw_only=True)

    @property
    def about(self) -> str:
        """Return the key of the record asked for."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _OfPerson(Question[T_co]):
    id: Key

    @property
    def about(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class _OfTaxCode(Question[T_co]):
    tax_code: Key

    @property
    def about(self) -> str:
        return self.tax_code


@dataclass(frozen=True, slots=True)
class PersonById(_OfPerson[Person]):
    """Who a person is, by their personal id."""

    register: ClassVar[Register] = Register.POPULATION
    path: ClassVar[str] = "person"
    answer: ClassVar[type[Fact]] = Person


@dataclass(frozen=True, slots=True)
class FamilyOf(_OfPerson[Family]):
    """A person's parents, spouse and children."""

    register: ClassVar[Register] = Register.POPULATION
    path: ClassVar[str] = "family"
    answer: ClassVar[type[Fact]] = Family


@dataclass(frozen=True, slots=True)
class ResidenceOf(_OfPerson[Residence]):
    """Where a person lives, and who with."""

    register: ClassVar[Register] = Register.POPULATION
    path: ClassVar[str] = "residence"
    answer: ClassVar[type[Fact]] = Residence


@dataclass(frozen=True, slots=True)
class ParcelsOf(_OfPerson[Parcels]):
    """The parcels a person holds rights in."""

    register: ClassVar[Register] = Register.LAND
    path: ClassVar[str] = "parcels"
    answer: ClassVar[type[Fact]] = Parcels


@dataclass(frozen=True, slots=True)
class ParcelById(Question[Parcel]):
    """One parcel: the code of its commune, its map sheet, its number on it."""

    register: ClassVar[Register] = Register.LAND
    path: ClassVar[str] = "parcel"
    answer: ClassVar[type[Fact]] = Parcel
    unit: Key
    sheet: int
    number: int

    @property
    def about(self) -> str:
        """Return the parcel's key, as certificates print it."""
        return f"{self.unit}-{self.sheet}-{self.number}"


@dataclass(frozen=True, slots=True)
class EnterpriseByTaxCode(_OfTaxCode[Enterprise]):
    """An enterprise, by its number."""

    register: ClassVar[Register] = Register.ENTERPRISE
    path: ClassVar[str] = "enterprise"
    answer: ClassVar[type[Fact]] = Enterprise


@dataclass(frozen=True, slots=True)
class EnterprisesOf(_OfPerson[Enterprises]):
    """The enterprises a person represents."""

    register: ClassVar[Register] = Register.ENTERPRISE
    path: ClassVar[str] = "represented"
    answer: ClassVar[type[Fact]] = Enterprises


@dataclass(frozen=True, slots=True)
class TaxAccountOf(_OfTaxCode[TaxAccount]):
    """A taxpayer's account."""

    register: ClassVar[Register] = Register.FINANCE
    path: ClassVar[str] = "account"
    answer: ClassVar[type[Fact]] = TaxAccount


@dataclass(frozen=True, slots=True)
class ObligationsOf(_OfTaxCode[Obligations]):
    """What a taxpayer owes."""

    register: ClassVar[Register] = Register.FINANCE
    path: ClassVar[str] = "obligations"
    answer: ClassVar[type[Fact]] = Obligations


@dataclass(frozen=True, slots=True)
class MembershipOf(_OfPerson[Membership]):
    """A person's part in social insurance."""

    register: ClassVar[Register] = Register.INSURANCE
    path: ClassVar[str] = "membership"
    answer: ClassVar[type[Fact]] = Membership


@dataclass(frozen=True, slots=True)
class CardOf(_OfPerson[Card]):
    """A person's health-insurance card."""

    register: ClassVar[Register] = Register.INSURANCE
    path: ClassVar[str] = "card"
    answer: ClassVar[type[Fact]] = Card


@dataclass(frozen=True, slots=True)
class ContributionsOf(_OfPerson[Contributions]):
    """The months a person has paid for."""

    register: ClassVar[Register] = Register.INSURANCE
    path: ClassVar[str] = "contributions"
    answer: ClassVar[type[Fact]] = Contributions


QUESTIONS: tuple[type[Question[Fact]], ...] = (
    PersonById,
    FamilyOf,
    ResidenceOf,
    ParcelsOf,
    ParcelById,
    EnterpriseByTaxCode,
    EnterprisesOf,
    TaxAccountOf,
    ObligationsOf,
    MembershipOf,
    CardOf,
    ContributionsOf,
)
"""Every kind of question."""
for _kind in QUESTIONS:  # known before two threads ask at once, which msgspec does not bear
    msgspec.json.Decoder(_kind)
    msgspec.json.Decoder(_kind.answer)

ANSWERS: dict[str, dict[str, type[Question[Fact]]]] = {
    "population": {
        **dict.fromkeys(("name", "id", "birth_date", "sex", "nationality"), PersonById),
        **dict.fromkeys(("ethnicity", "birth", "marriage", "death", "id_card"), PersonById),
        **dict.fromkeys(("birth_place", "father", "mother", "spouse"), PersonById),
        "residence": ResidenceOf,
        "parents": FamilyOf,
    },
    "land": {"certificate": ParcelsOf, "parcel": ParcelById},
    "enterprise": dict.fromkeys(("registration", "representative", "capital"), EnterpriseByTaxCode),
    "insurance": {
        "participation": MembershipOf,
        "card": CardOf,
        "contributions": ContributionsOf,
    },
    "finance": dict.fromkeys(("tax_code", "tax_paid", "budget_unit"), TaxAccountOf),
    "tax": {"obligations": ObligationsOf},
}
"""Which question answers which fact of which registry; ``tax`` is a part of finance."""

_OF_A_PERSON: dict[type[Question[Fact]], Callable[[str], Question[Fact]]] = {
    EnterpriseByTaxCode: EnterprisesOf,
    ParcelById: ParcelsOf,
}
"""Of a person one asks what they represent and hold, not one enterprise or parcel by its key."""

_AT = {(kind.register, kind.path): kind for kind in QUESTIONS}


def question_at(register: str, path: str) -> type[Question[Fact]] | None:
    """Return the kind of question that a service's path takes, if there is one."""
    return _AT.get((Register(register), path))


def question_about(fact: str, person: str) -> Question[Fact] | None:
    """Return what to ask for a fact (``population.residence``) of a person, by their number."""
    registry, _, name = fact.partition(".")
    kind = ANSWERS.get(registry, {}).get(name)
    if kind is None:
        return None
    ask: Callable[[str], Question[Fact]] = _OF_A_PERSON.get(kind, kind)
    return ask(person)
