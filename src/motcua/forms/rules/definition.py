"""What a form is: pages of questions, as values; and the answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from enum import StrEnum
from typing import Any

Answers = Mapping[str, Any]
"""
Answers to a form: JSON values by field id. What could not be understood stands as it was typed.

text, long_text, phone, email, choice: a string (a phone in E.164) · number: a number, whole unless
it has ``decimals`` · money: a whole number of dong · date: ``YYYY-MM-DD``, a partial one also
``YYYY-MM`` or ``YYYY`` · choices, files: a list of strings · yes_no: a boolean · address, person,
enterprise, bank_account, point, signature: a mapping of parts · table, group: a list of mappings.
A note has no answer; that of a computed field is made from others by `showing.look`.
"""

Condition = str
"""An expression that is true or false: see `motcua.forms.rules.expressions`."""


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
    ENTERPRISE = "enterprise"
    PHONE = "phone"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    FILES = "files"
    TABLE = "table"
    GROUP = "group"
    POINT = "point"
    SIGNATURE = "signature"
    COMPUTED = "computed"
    NOTE = "note"


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
class Check:
    """
    A rule between answers: ``message`` is said at the field ``at`` where ``rule`` does not hold.

    A rule is asked once everything it compares is answered; what it only counts, or asks the
    presence of, may be empty. Without ``at`` the message stands at the field that has the check,
    or at the last field that the rule of a page names.
    """

    rule: Condition
    message: Words
    at: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table or a group repeats: its columns, and how many rows there may be."""

    columns: tuple["Field", ...]
    name: Words
    least: int = 0
    most: int = 30


@dataclass(frozen=True, slots=True)
class Field:
    """
    One question of the form.

    ``required`` and ``show`` are expressions where they depend on earlier answers. ``schema`` adds
    JSON Schema keywords to those of the kind. ``parts`` says which parts of a block (person,
    address, enterprise, bank account) are asked, ``optional_parts`` which may stay empty.
    ``source`` names where a first value comes from (``account.name``), ``held_by`` the registry
    that holds the answer (``population.name``) and ``about`` of whom: the ``applicant``, or the
    person whom another question names. ``checks`` are names of rules beyond the schema
    (``name``, ``not_future``, ``not_past``) or rules between answers.

    Of some kinds only: ``decimals`` of a number and its ``unit``; a ``partial`` date may lack day
    and month; ``rows`` of a table or group; ``most`` and ``accept`` of files; ``value``, the
    expression of a computed field, and its ``format`` (number, money, text, date); ``text`` and
    ``tone`` (info, warning) of a note. ``searchable`` answers find the dossier again.
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
    checks: tuple[str | Check, ...] = ()
    source: str = ""
    held_by: str = ""
    about: str = ""
    searchable: bool = False
    width: int = 30
    decimals: int = 0
    unit: Words | None = None
    partial: bool = False
    rows: Rows | None = None
    most: int = 5
    accept: tuple[str, ...] = ("image/jpeg", "image/png", "image/heic", "application/pdf")
    value: str = ""
    format: str = "text"
    text: Words | None = None
    tone: str = "info"


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
    checks: tuple[Check, ...] = ()

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
