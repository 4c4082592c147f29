"""What a service pack is: the whole of one procedure, from its form to its result, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit

Answers = Mapping[str, Any]
"""
Answers to a form: JSON values by field id. What could not be understood stands as it was typed.

text, long_text, phone, email, choice: a string (a phone in E.164) · number, money: a whole number
· date: ``YYYY-MM-DD`` · choices: a list of strings · yes_no: a boolean · address: ``{province,
commune, street}`` with unit codes · person: ``{id, name, birth_date, sex}``.
"""

Condition = Mapping[str, Any]
"""A question about answers, as data: see `motcua.catalogue.rules.packs_conditions`."""


class Kind(StrEnum):
    """What a field asks for, which decides its control, its checks and how it is shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    ADDRESS = "address"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"


class Channel(StrEnum):
    """How a dossier comes in."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class PaperForm(StrEnum):
    """In which form a paper is asked for."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the pack itself, complete in both languages."""

    vi: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values a choice offers."""

    value: str
    label: Words
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """
    One question of the form.

    ``required`` and ``show`` hold a condition where they depend on earlier answers. ``schema`` adds
    JSON Schema keywords to those of the kind. ``parts`` says which parts of a person or an address
    are asked, ``optional_parts`` which of them may stay empty. ``source`` names where a first value
    comes from (``account.name``). ``checks`` names rules beyond the schema.
    """

    id: str
    kind: Kind
    label: Words
    hint: Words | None = None
    example: Words | None = None
    required: bool | Condition = True
    show: Condition | None = None
    options: tuple[Option, ...] = ()
    parts: tuple[str, ...] = ()
    optional_parts: tuple[str, ...] = ()
    schema: Mapping[str, Any] = given(default_factory=dict)
    checks: tuple[str, ...] = ()
    source: str = ""
    width: int = 30


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together under one heading."""

    fields: tuple[Field, ...]
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form."""

    id: str
    title: Words
    sections: tuple[Section, ...]
    lead: Words | None = None
    show: Condition | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions of the page, in order."""
        return tuple(f for section in self.sections for f in section.fields)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the law asks for; ``show`` says in which case, ``replaced_by`` what spares it."""

    id: str
    name: Words
    hint: Words | None = None
    required: bool | Condition = True
    show: Condition | None = None
    forms: tuple[PaperForm, ...] = (PaperForm.COPY,)
    count: int = 1
    accept: tuple[str, ...] = ("image/jpeg", "image/png", "image/heic", "application/pdf")
    most_files: int = 10
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A case in which a fee is not charged, and the law that says so."""

    when: Condition
    reason: Words
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """``amount`` dong, times the answer named by ``times``, unless exempt or outside ``when``."""

    code: str
    name: Words
    amount: int
    times: str = ""
    when: Condition | None = None
    exempt: tuple[Exemption, ...] = ()
    legal: str = ""


@dataclass(frozen=True, slots=True)
class CaseLimit:
    """How long the office may take, per channel and case; the first that fits is the limit."""

    limit: Limit
    channels: tuple[Channel, ...] = tuple(Channel)
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the work inside the office, who does it, and its share of the limit."""

    id: str
    name: Words
    role: Role
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What the person receives: the catalogue's result code and the Typst template of the paper."""

    code: str
    name: Words
    template: str


@dataclass(frozen=True, slots=True)
class Law:
    """A legal text the pack stands on."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """
    One version of a service pack: immutable, so that a dossier filed under it stays as it was.

    ``version`` is the id dossiers and drafts keep; ``digest`` says what is in it. ``unit_field``
    names the address whose commune (or province) decides which agency is competent.
    """

    version: str
    digest: str
    code: str
    level: str
    title: Words
    summary: Words
    valid_from: date
    valid_to: date | None
    channels: tuple[Channel, ...]
    applicants: tuple[str, ...]
    unit_field: str
    steps: tuple[Step, ...]
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    limits: tuple[CaseLimit, ...]
    stages: tuple[Stage, ...]
    result: Result
    declaration: Words
    legal: tuple[Law, ...]
    notices: Mapping[str, Words]
    eligibility: tuple[Words, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions of the form, in order."""
        return tuple(f for step in self.steps for f in step.fields)
