"""The five registers: what each keeps, under which key, in whose books."""

from dataclasses import dataclass
from typing import Any

import msgspec

from motcua.kernel.text import N_
from motcua.registrar.rules.values import Insured
from motcua.registries.queries.answers import Enterprise, Parcel, Person, Register, TaxAccount
from motcua.registries.queries.finding import FINDING


@dataclass(frozen=True, slots=True)
class Book:
    """
    One register.

    ``slug`` is its part of an address, ``service`` its code on the exchange, ``keeps`` the type of
    its records, ``title`` and ``key_title`` English keys.
    """

    register: Register
    slug: str
    service: str
    keeps: type[Any]
    title: str
    title_vi: str
    key_title: str


BOOKS: dict[Register, Book] = {
    book.register: book
    for book in (
        Book(
            Register.POPULATION,
            "dan-cu",
            "population.v1",
            Person,
            N_("Population register"),
            "Sổ gốc dân cư",
            N_("Personal identification number"),
        ),
        Book(
            Register.LAND,
            "dat-dai",
            "land.v1",
            Parcel,
            N_("Land register"),
            "Sổ gốc đất đai",
            N_("Parcel"),
        ),
        Book(
            Register.ENTERPRISE,
            "doanh-nghiep",
            "enterprise.v1",
            Enterprise,
            N_("Enterprise register"),
            "Sổ gốc doanh nghiệp",
            N_("Enterprise number"),
        ),
        Book(
            Register.FINANCE,
            "tai-chinh",
            "finance.v1",
            TaxAccount,
            N_("Finance register"),
            "Sổ gốc tài chính",
            N_("Tax code"),
        ),
        Book(
            Register.INSURANCE,
            "bao-hiem",
            "insurance.v1",
            Insured,
            N_("Insurance register"),
            "Sổ gốc bảo hiểm",
            N_("Personal identification number"),
        ),
    )
}
BY_SLUG = {book.slug: book for book in BOOKS.values()}
BY_SERVICE = {book.service: book for book in BOOKS.values()}
for _book in BOOKS.values():
    msgspec.json.Decoder(_book.keeps)  # known before two threads ask at once, which it cannot bear
_TOLD_FOR = frozenset({"settle-dossier", "prefill-form", "statistics", "supervise"})
_LOOKED_FOR = frozenset({"settle-dossier", "correct-data", "supervise"})
_PURPOSES = {
    **{kind.path: _LOOKED_FOR for kind in FINDING},
    "changes": frozenset({"notify-change"}),
    "subscriptions": frozenset({"notify-change"}),
    "corrections": frozenset({"correct-data"}),
}


def purposes_of(path: str) -> frozenset[str]:
    """
    Return what a register may be called for at a path.

    Who learns only that something changed, or asks that it be put right, is told no record. Nobody
    is looked for to fill in a form, or to be counted.
    """
    return _PURPOSES.get(path, _TOLD_FOR)
