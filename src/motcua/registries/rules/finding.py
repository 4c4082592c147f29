"""
Looking for a record whose key nobody knows: a person, a parcel, an enterprise.

What must be said is what the field goes by; what comes back is enough to tell one from another and
to ask the question that takes a key, and no more than `MOST_FOUND`. Finance and insurance have no
such question: what they keep is secret but to who can name its holder.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import msgspec

from motcua.registries.rules.answers import (
    EnterprisesFound,
    Fact,
    ParcelsFound,
    PersonsFound,
    Register,
)
from motcua.registries.rules.questions import Question, T_co

__all__ = ["FINDING", "MOST_FOUND", "EnterprisesNamed", "Finding", "ParcelsAt", "PersonsNamed"]

MOST_FOUND = 10
"""How many records are told at most; ``more`` tells that there are others."""


@dataclass(frozen=True, slots=True)
class Finding(Question[T_co]):
    """A question about nobody yet: whom it found finds the look afterwards."""

    @property
    def about(self) -> str:
        """Return no key: it is what is looked for."""
        return ""


@dataclass(frozen=True, slots=True)
class PersonsNamed(Finding[PersonsFound]):
    """Who has this whole name and was born on this day; accents and capitals do not matter."""

    register: ClassVar[Register] = Register.POPULATION
    path: ClassVar[str] = "persons-named"
    answer: ClassVar[type[Fact]] = PersonsFound
    name: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class ParcelsAt(Finding[ParcelsFound]):
    """Which parcels of a commune have these words in their address."""

    register: ClassVar[Register] = Register.LAND
    path: ClassVar[str] = "parcels-at"
    answer: ClassVar[type[Fact]] = ParcelsFound
    unit: str
    address: str


@dataclass(frozen=True, slots=True)
class EnterprisesNamed(Finding[EnterprisesFound]):
    """Which enterprises have these words in their name."""

    register: ClassVar[Register] = Register.ENTERPRISE
    path: ClassVar[str] = "enterprises-named"
    answer: ClassVar[type[Fact]] = EnterprisesFound
    name: str


FINDING: tuple[type[Finding[Fact]], ...] = (PersonsNamed, ParcelsAt, EnterprisesNamed)
"""Every kind of looking for records."""
for _kind in FINDING:  # known before two threads ask at once, which msgspec does not bear
    msgspec.json.Decoder(_kind)
    msgspec.json.Decoder(_kind.answer)
_AT = {(kind.register, kind.path): kind for kind in FINDING}


def finding_at(register: str, path: str) -> type[Finding[Fact]] | None:
    """Return the kind of looking that a service's path takes, if there is one."""
    return _AT.get((Register(register), path))
