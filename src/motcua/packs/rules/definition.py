"""What a service pack is: the whole of one procedure, from its form to its result, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.forms.rules.definition import Condition, Form, Words
from motcua.packs.rules.demands import Channel, Fee, Paper
from motcua.packs.rules.work import CaseLimit, Law, Part, Result, WorkStep


@dataclass(frozen=True, slots=True)
class Keywords:
    """Further words by which people look for the procedure."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """What to do where this procedure is the wrong one: another procedure, or advice, or both."""

    code: str = ""
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A case in which filing ends early: why, and what is right instead."""

    refuse_when: Condition
    reason: Words
    instead: Instead | None = None
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One of the situations the law tells apart; the last of a pack has no condition."""

    id: str
    name: Words
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the pack beside the general one about satisfaction."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class CostTask:
    """
    Something people do for this procedure: hours of work, dong for travel and for services.

    ``kind`` (``for`` in the files) is ``form``, ``trip``, ``wait`` or ``paper:<id>``.
    """

    name: Words
    kind: str
    hours: float = 0
    travel: int = 0
    services: int = 0


@dataclass(frozen=True, slots=True)
class CostInputs:
    """What the standard cost model knows of this procedure (Circular 02/2017/TT-VPCP)."""

    subjects_per_year: int | None = None
    times_per_year: float = 1
    source: Words | None = None
    tasks: tuple[CostTask, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pack:
    """
    One version of a service pack: immutable, so that a dossier filed under it stays as it was.

    ``version`` is the id dossiers and drafts keep; ``digest`` says what is in it. ``unit_field``
    names the address whose commune (or province) decides which agency is competent; ``agencies``
    names the agency of a unit where that is not the unit's own. ``templates`` are the Typst
    sources of the results, by file name. A pack with ``parts`` links other procedures: one filing
    becomes a dossier for each, so it has neither limits nor workflow nor results of its own.

    A dossier waits ``supplement_days`` for its applicant, and is kept ``retention_years`` after
    its end, or for good with ``keep_forever``; where a pack says nothing, as the portal is set.
    """

    version: str
    digest: str
    code: str
    level: str
    title: Words
    summary: Words
    valid_from: date
    valid_to: date | None = None
    channels: tuple[Channel, ...]
    applicants: tuple[str, ...]
    unit_field: str
    declaration: Words
    form: Form
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    limits: tuple[CaseLimit, ...] = ()
    workflow: tuple[WorkStep, ...] = ()
    results: tuple[Result, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    legal: tuple[Law, ...] = ()
    life_events: tuple[str, ...] = ()
    keywords: Keywords = field(default_factory=Keywords)
    agencies: Mapping[str, str] = field(default_factory=dict)
    requirements: tuple[Words, ...] = ()
    eligibility: tuple[Refusal, ...] = ()
    cases: tuple[Case, ...] = ()
    notices: Mapping[str, Words] = field(default_factory=dict)
    satisfaction: tuple[Question, ...] = ()
    cost: CostInputs = field(default_factory=CostInputs)
    parts: tuple[Part, ...] = ()
    supplement_days: int | None = None
    retention_years: int | None = None
    keep_forever: bool = False
