"""A finding of red tape: what, where, how heavy, and what cures it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.forms.rules.definition import Words
from motcua.packs.rules.places import Path


class Weight(StrEnum):
    """How much it matters to people: everybody bears it, some do, or it is a matter of order."""

    HEAVY = "heavy"
    MIDDLE = "middle"
    LIGHT = "light"


class Remains(StrEnum):
    """What is left to ask of people once a registry is looked up."""

    NOTHING = "nothing"
    CONFIRM = "confirm"


class Group(StrEnum):
    """What findings are about, in the order they are shown."""

    HELD = "held"
    TWICE = "twice"
    CERTIFIED = "certified"
    TIME = "time"
    LAW = "law"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A demand that could go, or that nothing in the pack justifies.

    ``rule`` names the check; ``path`` leads to the place in the pack's document; ``message`` and
    ``cure`` are English translation keys filled by ``facts``. ``held_by`` are the facts of
    registries that replace it, ``remains`` what is then left to ask. ``spares`` names the demands
    that need no longer be met: ``paper:<id>``, ``field:<id>`` or a part, ``field:<id>.<part>``.
    """

    rule: str
    group: Group
    weight: Weight
    path: Path
    message: str
    cure: str
    facts: Mapping[str, str | Words] = field(default_factory=dict, hash=False)
    held_by: tuple[str, ...] = ()
    remains: Remains | None = None
    spares: tuple[str, ...] = ()
