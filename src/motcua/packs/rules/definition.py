"""What a service pack is: the whole of one procedure, from its form to its result, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.forms.rules.definition import Condition, Form, Words
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit


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
    form: Form
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    limits: tuple[CaseLimit, ...]
    stages: tuple[Stage, ...]
    result: Result
    declaration: Words
    legal: tuple[Law, ...]
    notices: Mapping[str, Words]
    eligibility: tuple[Words, ...] = ()
