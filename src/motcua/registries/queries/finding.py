"""Looking for records in the national registries by what people know of them."""

from motcua.registries.rules.finding import (
    FINDING,
    MOST_FOUND,
    EnterprisesNamed,
    Finding,
    ParcelsAt,
    PersonsNamed,
    finding_at,
)

__all__ = [
    "FINDING",
    "MOST_FOUND",
    "EnterprisesNamed",
    "Finding",
    "ParcelsAt",
    "PersonsNamed",
    "finding_at",
]
