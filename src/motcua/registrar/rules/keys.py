"""Under which key a record stands, under which name it is found, and whose data it is."""

from functools import singledispatch
from typing import Any

from motcua.kernel.folding import fold
from motcua.registrar.rules.values import Insured
from motcua.registries.queries.answers import Enterprise, Parcel, Person, TaxAccount

LONGEST = 300
"""Letters of an address by which a record is found."""


def key_of(value: Any) -> str:
    """Return the key a record stands under."""
    return str(columns_of(value)["key"])


@singledispatch
def columns_of(value: Any) -> dict[str, Any]:
    """Return what a register's table keeps of a record beside the record itself."""
    raise TypeError(type(value))


@columns_of.register
def _(value: Person) -> dict[str, Any]:
    parents = [each.id for each in (value.father, value.mother) if each is not None and each.id]
    return {
        "key": value.id,
        "name": str(value.name),
        "persons": [value.id],
        "parents": parents,
        "household": value.household,
    }


@columns_of.register
def _(value: Parcel) -> dict[str, Any]:
    return {
        "key": f"{value.unit}-{value.sheet}-{value.number}",
        "name": ", ".join(owner.name for owner in value.owners),
        "persons": [owner.id for owner in value.owners],
        "address": fold(value.address)[:LONGEST],
    }


@columns_of.register
def _(value: Enterprise) -> dict[str, Any]:
    return {
        "key": value.tax_code,
        "name": value.name,
        "persons": [each.id for each in value.representatives],
        "address": fold(value.address.detail)[:LONGEST],
    }


@columns_of.register
def _(value: TaxAccount) -> dict[str, Any]:
    return {
        "key": value.tax_code,
        "name": value.name,
        "persons": [value.holder] if len(value.holder) == 12 else [],
    }


@columns_of.register
def _(value: Insured) -> dict[str, Any]:
    return {"key": value.id, "name": value.name, "persons": [value.id]}
