from motcua.registrar.models.changes import Change, Subscription
from motcua.registrar.models.corrections import Correction
from motcua.registrar.models.records import (
    TABLES,
    Enterprise,
    Insured,
    Parcel,
    Person,
    Record,
    TaxAccount,
)

__all__ = [
    "TABLES",
    "Change",
    "Correction",
    "Enterprise",
    "Insured",
    "Parcel",
    "Person",
    "Record",
    "Subscription",
    "TaxAccount",
]
