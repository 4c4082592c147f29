"""A procedure as others may read it: one value, whether it came from a record or from a pack."""

from dataclasses import dataclass
from datetime import datetime

from motcua.catalogue.rules.readings import Level, Way
from motcua.catalogue.rules.words import LifeEvent
from motcua.kernel.worktime import Limit


@dataclass(frozen=True, slots=True)
class Told:
    """The same words in Vietnamese and in English; either may be missing."""

    vi: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.vi.strip() or self.en.strip())

    def __getitem__(self, language: str) -> str:
        """Return the words in a language, or in the other where it has none."""
        return (self.en or self.vi) if language.startswith("en") else (self.vi or self.en)

    def both(self) -> tuple[tuple[str, str], ...]:
        """Return the words that are there, each with its language."""
        pairs = ((self.vi, "vi"), (self.en, "en"))
        return tuple((text, language) for text, language in pairs if text.strip())


@dataclass(frozen=True, slots=True)
class Access:
    """A way to the service (cv:Channel), how long it takes, and what is said beside it."""

    way: Way
    limit: Limit | None = None
    note: Told = Told()


@dataclass(frozen=True, slots=True)
class Price:
    """A cost (cv:Cost) in dong; ``dong`` is None where only the words can tell."""

    key: str
    told: Told
    dong: int | None = None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A paper, a result, a rule or a requirement: its name and what is said about it."""

    key: str
    name: Told
    about: Told = Told()
    number: str = ""
    case: str = ""
    """Key of the requirement that a paper proves."""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A legal text (eli:LegalResource) by its number, or by its name where it has none."""

    number: str
    name: Told
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a province's own copy of a procedure holds, and whom to ask there."""

    agency: str
    agency_name: str
    unit: str
    unit_name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Everything we publish of one procedure (cpsv:PublicService)."""

    code: str
    title: Told
    summary: Told
    field: str
    agency: Told
    since: datetime
    levels: tuple[Level, ...] = ()
    kind: str = ""
    applicants: tuple[Told, ...] = ()
    keywords: tuple[Told, ...] = ()
    limit: Limit | None = None
    accesses: tuple[Access, ...] = ()
    prices: tuple[Price, ...] = ()
    papers: tuple[Thing, ...] = ()
    requirements: tuple[Thing, ...] = ()
    results: tuple[Thing, ...] = ()
    rules: tuple[Thing, ...] = ()
    laws: tuple[LegalText, ...] = ()
    events: tuple[LifeEvent, ...] = ()
    place: Place | None = None
    """None: the whole country."""

    url: str = ""
    filed_here: bool = False
    pack: str = ""
    """Version of the service pack it was told from, where there is one."""
