"""A procedure as the catalogue's record tells it: what a draft can be begun from."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

CHANNELS = ("online", "counter", "post")
TODO = "TODO"
"""What stands wherever the record does not say enough: lint names each place."""
LONGEST = 2000
"""Characters of the longest words a pack may hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way to file, with its limit and its price; a limit has amount and unit, or neither."""

    way: str
    amount: Decimal | None = None
    unit: str | None = None
    limit_text: str = ""
    cost: str = "unknown"
    fees: tuple[int, ...] = ()
    fee_text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper to hand in; the numbers are None where they are unclear, ``form`` its template."""

    name: str
    originals: int | None = None
    copies: int | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """The papers of one case; the case that has no name is everybody's."""

    name: str
    papers: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A law or a result with its public number, where it has one."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is published of one procedure; whatever is empty was not given or not understood."""

    code: str
    title: str
    field: str
    levels: tuple[str, ...] = ()
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    applicants: tuple[str, ...] = ()
    channels: tuple[Row, ...] = ()
    cases: tuple[Situation, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: str = ""
    results: tuple[Numbered, ...] = ()
    laws: tuple[Numbered, ...] = ()
    life_events: tuple[str, ...] = ()


def clean(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, without what cannot be printed, cut to ``most`` characters."""
    seen = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    whole = " ".join(seen.split())
    return whole if len(whole) <= most else f"{whole[: most - 6].rstrip()} {TODO}…"


def words(vi: str, en: str = "") -> dict[str, str]:
    """Return words in both languages; a language in which nothing is said is left to do."""
    return {"vi": clean(vi) or TODO, "en": clean(en) or TODO}


def left_to_do(vi: str, en: str) -> dict[str, str]:
    """Return words that say what is left to do."""
    return {"vi": clean(f"{TODO}: {vi}"), "en": clean(f"{TODO}: {en}")}


def id_of(name: str, taken: set[str], otherwise: str) -> str:
    """Return an id made of the first words of ``name``, unlike those ``taken``, and take it."""
    plain = unicodedata.normalize("NFD", name.casefold()).replace("đ", "d")
    plain = "".join(c for c in plain if c.isascii())
    parts = re.findall(r"[a-z0-9]+", plain)[:5]
    made = "_".join(parts)[:32].strip("_")
    if not made or not made[0].isalpha():
        made = otherwise
    number, unique = 1, made
    while unique in taken:
        number += 1
        unique = f"{made}_{number}"
    taken.add(unique)
    return unique
