"""
What the national registries answer: one type a question.

Dates are days in Viet Nam, money is in dong, places are codes of `agencies`' units with what is
written before their names.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Register(StrEnum):
    """The five national registries."""

    POPULATION = "population"
    LAND = "land"
    ENTERPRISE = "enterprise"
    FINANCE = "finance"
    INSURANCE = "insurance"


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


@dataclass(frozen=True, slots=True)
class Owner:
    """A holder of land-use rights; ``share`` is in hundredths."""

    id: str
    name: str
    share: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    A parcel: commune, map sheet and number; ``area`` in tenths of a square metre.

    ``certificate`` is the serial of the certificate of land-use rights, ``burden`` a mortgage or
    dispute, empty where there is none.
    """

    unit: str
    sheet: int
    number: int
    area: int
    use: str
    address: str
    owners: tuple[Owner, ...]
    certificate: str
    certified_on: date
    until: date | None = None
    burden: str = ""


@dataclass(frozen=True, slots=True)
class Parcels:
    """Every parcel a person holds rights in."""

    id: str
    parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts for an enterprise under the law."""

    id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Enterprise:
    """
    A registered enterprise; its number is its tax code. ``capital`` is in dong.

    ``kind`` is llc1, llc2, joint-stock, private, partnership or household; ``state`` is active,
    suspended or dissolved.
    """

    tax_code: str
    name: str
    short_name: str
    kind: str
    state: str
    registered_on: date
    address: Address
    capital: int
    business: tuple[str, ...]
    representatives: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Enterprises:
    """The enterprises a person represents."""

    id: str
    enterprises: tuple[Enterprise, ...]


@dataclass(frozen=True, slots=True)
class Debt:
    """Something owed to the budget, in dong."""

    kind: str
    period: str
    due_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class TaxAccount:
    """
    A taxpayer's account; ``holder`` is a personal id or an enterprise's number.

    ``state`` is active, suspended or closed; ``paid`` is what was paid in ``year``, in dong;
    ``budget_unit`` the code of a unit that spends from the budget, empty for all others.
    """

    tax_code: str
    holder: str
    name: str
    state: str
    opened_on: date
    office: str
    year: int
    paid: int
    debts: tuple[Debt, ...] = ()
    budget_unit: str = ""


@dataclass(frozen=True, slots=True)
class Obligations:
    """What a taxpayer owes; ``settled`` where nothing is due any more on the day asked for."""

    tax_code: str
    settled: bool
    debts: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """That a person takes part in social insurance; ``state`` is paying, paused or retired."""

    id: str
    number: str
    state: str
    since: date
    employer: str


@dataclass(frozen=True, slots=True)
class Card:
    """A health-insurance card; ``share`` is what the fund pays, in hundredths."""

    id: str
    number: str
    valid_from: date
    valid_to: date
    clinic: str
    share: int


@dataclass(frozen=True, slots=True)
class Period:
    """Months in which contributions were paid, first and last day; ``wage`` in dong a month."""

    first: date
    last: date
    employer: str
    wage: int


@dataclass(frozen=True, slots=True)
class Contributions:
    """All months a person has paid for."""

    id: str
    number: str
    months: int
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose answer it is: the member, its register, the day asked for, since when it holds."""

    member: str
    register: str
    as_of: date
    since: date


Fact = (
    Person
    | Family
    | Residence
    | Parcel
    | Parcels
    | Enterprise
    | Enterprises
    | TaxAccount
    | Obligations
    | Membership
    | Card
    | Contributions
)
