"""What happens between people and the national registries."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionMade(Event):
    """A person said that a registry is wrong about them; ``subject`` is the objection."""

    name: ClassVar[str] = "registries.objection-made"
    register: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswered(Event):
    """The registry's owner took an objection up, accepted or refused it, as ``state`` says."""

    name: ClassVar[str] = "registries.objection-answered"
    person: str
    register: str
    state: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNotKnown(Event):
    """A registry's feed answers an objection, the ``subject``, with what is no answer."""

    name: ClassVar[str] = "registries.answer-not-known"
    register: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """A person agreed that registries are asked about them; ``subject`` is the filing."""

    name: ClassVar[str] = "registries.consent-given"
    person: str
    registers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """The person wants no registry to be asked any more; ``subject`` is the filing."""

    name: ClassVar[str] = "registries.consent-withdrawn"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProven(Event):
    """Registries stand for a paper of a filing, which is the ``subject``."""

    name: ClassVar[str] = "registries.paper-proven"
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenChanged(Event):
    """A register tells of a change since it stood for papers of ``subject``, a filing."""

    name: ClassVar[str] = "registries.proven-changed"
    register: str
