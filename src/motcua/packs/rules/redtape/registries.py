"""What the State already holds, by registry, and the law against asking for it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from motcua.forms.rules.definition import Words
from motcua.packs.rules.redtape.findings import Remains

FILE = Path(__file__).parent.parent.parent / "data" / "registries.yaml"


@dataclass(frozen=True, slots=True)
class NoAsking:
    """
    The law that what a registry holds is not asked for again.

    Of the facts named (all if none). Until it is ``confirmed`` the article is one to look up.
    """

    code: str
    name: Words
    confirmed: bool
    article: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something held; ``papers`` and ``fields`` are the folded words it is recognised by."""

    vi: str
    en: str
    papers: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    remains: Remains = Remains.NOTHING

    @property
    def name(self) -> Words:
        """What it is called."""
        return Words(self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry of the State: its facts by name."""

    name: Words
    facts: Mapping[str, Fact] = field(default_factory=dict)
    laws: tuple[NoAsking, ...] = ()


@cache
def registries() -> Mapping[str, Registry]:
    """Return the registries known, by name."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=dict[str, Registry])


def fact_of(held_by: str) -> tuple[Registry, Fact]:
    """
    Return the registry and the fact that ``population.residence`` names.

    :raises KeyError: if there is none; lint refuses such a pack
    """
    registry, _, fact = held_by.partition(".")
    found = registries()[registry]
    return found, found.facts[fact]


def law_against_asking(held_by: str) -> NoAsking | None:
    """Return the law that this is not asked for again, or None where none is known."""
    registry, _fact = fact_of(held_by)
    name = held_by.partition(".")[2]
    return next((law for law in registry.laws if not law.facts or name in law.facts), None)
