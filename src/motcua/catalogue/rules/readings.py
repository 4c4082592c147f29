"""What we understood of a published procedure, beside every text we understood it from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from motcua.kernel.worktime import Limit, Unit

READER = 2
"""The number of this reading of the originals; a higher one reads stored originals again."""


class Level(StrEnum):
    """Where in the State a procedure is handled. District ended on 2025-07-01."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class Way(StrEnum):
    """How a dossier may reach the agency."""

    ONLINE = "online"
    POST = "post"
    COUNTER = "counter"


class Online(StrEnum):
    """How far a procedure can be done online, as published; ``SOME`` = online, no word how far."""

    FULL = "full"
    PARTIAL = "partial"
    SOME = "some"
    NONE = "none"


class Cost(StrEnum):
    """What is said of the price. ``DEPENDS``: read the text; never shown as free."""

    FREE = "free"
    AMOUNT = "amount"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Channel:
    """
    One row: a way to file, its limit and its price. A limit has a number *and* a unit, or neither.

    ``fees`` are dong. The texts are always kept: they win wherever a reader doubts the values.
    """

    way: Way
    amount: Decimal | None = None
    unit: Unit | None = None
    limit_text: str = ""
    cost: Cost = Cost.UNKNOWN
    fees: tuple[int, ...] = ()
    fee_text: str = ""
    note: str = ""

    @property
    def limit(self) -> Limit | None:
        """The limit, where it is known."""
        return None if self.amount is None or self.unit is None else Limit(self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to hand in; ``originals`` and ``copies`` are ``None`` where the number is unclear."""

    name: str
    originals: int | None = None
    copies: int | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The papers of one situation; the situation that has no name is everybody's."""

    name: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A law or a result with its public number, where it has one."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One procedure as its record tells it; an empty field was not given or could not be read."""

    code: str
    title: str
    field: str
    levels: tuple[Level, ...] = ()
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    kind: str = ""
    decision: str = ""
    applicants: tuple[str, ...] = ()
    agency: str = ""
    address: str = ""
    online: Online = Online.NONE
    channels: tuple[Channel, ...] = ()
    cases: tuple[Case, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: str = ""
    results: tuple[Named, ...] = ()
    laws: tuple[Named, ...] = ()
    url: str = ""
    reader: int = READER


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a record that we could not read; ``at`` names the field, ``text`` its words."""

    at: str
    why: str
    text: str = ""


msgspec.json.Decoder(Reading)
"""Known before two threads ask for it at once, which msgspec does not bear."""


def as_json(reading: Reading) -> dict[str, Any]:
    """Return ``reading`` as plain values for keeping."""
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    return plain


def from_json(plain: dict[str, Any]) -> Reading:
    """Return the reading that ``as_json`` made ``plain`` from."""
    return msgspec.convert(plain, type=Reading)
