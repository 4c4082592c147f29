"""
What the national registries answer: one type a question.

Dates are days in Viet Nam, money is in dong, places are codes of `agencies`' units with what is
written before their names.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.registries.rules.persons import Address, Family, Person, Residence


class Register(StrEnum):
    """The five national registries."""

    POPULATION = "population"
    LAND = "land"
    ENTERPRISE = "enterprise"
    FINANCE = "finance"
    INSURANCE = "insurance"


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
    suspended or dissolved. ``business`` has the codes of its lines of business, two to five
    digits of the system of branches (Decision 27/2018/QĐ-TTg, since 15 November 2025 Decision
    36/2025/QĐ-TTg).
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
class PersonFound:
    """Somebody who was looked for, told from others of the same name."""

    id: str
    name: str
    sex: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class PersonsFound:
    """Who was found; ``more`` where there are others."""

    persons: tuple[PersonFound, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ParcelFound:
    """A parcel that was looked for: where it is, and nothing of whose it is."""

    unit: str
    sheet: int
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class ParcelsFound:
    """Which parcels were found; ``more`` where there are others."""

    parcels: tuple[ParcelFound, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class EnterpriseFound:
    """An enterprise that was looked for, its ``state`` and the ``unit`` of its seat."""

    tax_code: str
    name: str
    state: str
    unit: str


@dataclass(frozen=True, slots=True)
class EnterprisesFound:
    """Which enterprises were found; ``more`` where there are others."""

    enterprises: tuple[EnterpriseFound, ...]
    more: bool


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
    | PersonsFound
    | ParcelsFound
    | EnterprisesFound
)
