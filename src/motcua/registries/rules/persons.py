"""What the population registry knows; dates are days in Viet Nam."""

from dataclasses import dataclass
from datetime import date

__all__ = ["Address", "Family", "Member", "Name", "Person", "Registration", "Relative", "Residence"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its three parts, as QCVN 109:2017 has it; the middle one may be empty."""

    family: str
    middle: str
    given: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.family, self.middle, self.given) if part)


@dataclass(frozen=True, slots=True)
class Address:
    """A place: the code of its commune (or province), what is written before it, the country."""

    unit: str
    detail: str
    country: str = "VN"


@dataclass(frozen=True, slots=True)
class Registration:
    """An entry in a civil-status book: its number, its day, the code of the place."""

    number: str
    on: date
    unit: str


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody's relative; ``kin`` is father, mother, spouse, child or other."""

    kin: str
    id: str
    name: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """
    A citizen. ``sex`` is male or female, ``marriage`` single, married, divorced or widowed.

    ``old_id`` is the nine-digit card they had, ``card_number`` the number printed on the card.
    """

    id: str
    name: Name
    sex: str
    birth_date: date
    birth_place: Address
    birth: Registration
    native_place: Address
    ethnicity: str
    religion: str
    nationality: str
    marriage: str
    residence: Address
    current: Address
    household: str
    father: Relative | None = None
    mother: Relative | None = None
    spouse: Relative | None = None
    married: Registration | None = None
    card_number: str = ""
    card_issued_on: date | None = None
    card_expires_on: date | None = None
    old_id: str = ""
    blood: str = ""
    died: Registration | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A person's parents, spouse and children, the eldest first."""

    id: str
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a household, by their relation to its head."""

    relation: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person is registered and where they stay, and with whom."""

    id: str
    permanent: Address
    current: Address
    household: str
    members: tuple[Member, ...]
