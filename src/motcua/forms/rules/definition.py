"""What a form is: pages of questions, as values; and the answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from enum import StrEnum
from typing import Any

Answers = Mapping[str, Any]
"""
Answers to a form: JSON values by field id. What could not be understood stands as it was typed.

text, long_text, phone, email, choice: a string (a phone in E.164) · number, money: a whole number
· date: ``YYYY-MM-DD`` · choices: a list of strings · yes_no: a boolean · address: ``{province,
commune, street}`` with unit codes · person: ``{id, name, birth_date, sex}``.
"""

Condition = Mapping[str, Any]
"""A question about answers, as data: see `motcua.forms.rules.showing`."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The pages of a form, in the order they are asked: an immutable value."""

    title: Words
    steps: tuple[Step, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions of the form, in order."""
        return tuple(f for step in self.steps for f in step.fields)
