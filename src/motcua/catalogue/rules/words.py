"""How people call things, beside what the law calls them: read once from the package's own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.kernel.folding import fold

DATA = Path(__file__).parent.parent / "data"
PROMINENT = 100
"""The prominence of the procedure asked for most; 0 is that of one nobody has counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``words.yaml``, folded."""

    idle: frozenset[tuple[str, ...]]
    same_as: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]
    spoken: Mapping[str, tuple[str, ...]]
    most_used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life and the procedures it brings, in the order of need."""

    key: str
    main: bool
    icon: str
    name: str
    name_en: str
    said: tuple[str, ...]
    codes: tuple[str, ...]


def read_data(name: str) -> Any:
    """Return the package's own data file ``name``."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def words() -> Words:
    """Return the words of daily speech."""
    raw = read_data("words.yaml")
    return Words(
        idle=frozenset(tuple(fold(w).split()) for w in raw["idle"].split(";")),
        same_as={
            tuple(fold(said).split()): tuple(tuple(fold(m).split()) for m in meant.split("|"))
            for said, meant in raw["same_as"].items()
        },
        spoken={code: tuple(p.strip() for p in s.split(";")) for code, s in raw["spoken"].items()},
        most_used=tuple(raw["most_used"]),
    )


@cache
def events() -> tuple[LifeEvent, ...]:
    """Return the life events, the main ones first."""
    raw = read_data("life_events.yaml")
    found = (
        LifeEvent(
            key=row["key"],
            main=row["main"],
            icon=row["icon"],
            name=row["vi"],
            name_en=row["en"],
            said=tuple(p.strip() for p in row["said"].split(";")),
            codes=tuple(row["codes"].split()),
        )
        for row in raw
    )
    return tuple(sorted(found, key=lambda event: not event.main))


def event_meant(text: str) -> LifeEvent | None:
    """Return the life event that ``text`` names, in any of its ways."""
    told = fold(text)
    return next((e for e in events() if told in {fold(n) for n in (e.name, *e.said)}), None)


def keywords_for(root: str) -> str:
    """Return what people call the procedure with the national code ``root``, ``;`` between."""
    return "; ".join(words().spoken.get(root, ()))


def prominence_of(root: str) -> int:
    """Return how much a procedure is asked for, from ``PROMINENT`` down to 0."""
    places = words().most_used
    return PROMINENT - places.index(root) if root in places else 0
