"""Compliance cost of packs: one, or all that are published, the largest saving first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from motcua.forms.queries.forms import Words
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.kernel.scope import public
from motcua.packs.models.versions import PackVersion
from motcua.packs.queries.packs import Pack, definition_of, pack
from motcua.packs.queries.redtape import linked_by, redtape
from motcua.packs.rules.burden.assumptions import (
    GDP_PER_HEAD,
    HOURS_A_YEAR,
    IMPOSSIBLE,
    NOTHING,
    PLAUSIBLE,
    Assumptions,
    Effort,
    less,
    rounded,
)
from motcua.packs.rules.burden.costs import Cost, Line, Origin, Typed, cost_of
from motcua.packs.rules.document import Document

__all__ = [
    "GDP_PER_HEAD",
    "HOURS_A_YEAR",
    "IMPOSSIBLE",
    "PLAUSIBLE",
    "Assumptions",
    "Cost",
    "Effort",
    "Line",
    "Origin",
    "PackCost",
    "Totals",
    "Typed",
    "burden_of",
    "burdens",
    "cost_of",
    "in_order",
    "totals",
]


@dataclass(frozen=True, slots=True)
class PackCost:
    """The cost of one pack, and how much red tape was found in it."""

    code: str
    title: Words
    cost: Cost
    findings: int
    heavy: int

    @property
    def yearly_saving(self) -> Dong:
        """What a year saves; nothing where nobody said how many filings there are."""
        return self.cost.yearly(self.cost.saving) or NOTHING


@dataclass(frozen=True, slots=True)
class Totals:
    """The packs whose filings a year are known, together; ``left_out`` counts the others."""

    before: Dong
    after: Dong
    saving: Dong
    filings: int
    per_filing: Dong
    left_out: int


@public
def burden_of(
    own: Pack,
    document: Document,
    *,
    parts: Mapping[str, Pack] | None = None,
    income: Dong | None = None,
) -> PackCost:
    """
    Return the cost of a pack from its document, with its own figures and the defaults.

    :param parts: for a linked pack, the packs it links; the newest published if left out
    """
    findings = redtape(own, parts=linked_by(own) if parts is None else parts)
    cost = cost_of(own, document, findings, typed=Typed(income=income))
    heavy = sum(finding.weight == "heavy" for finding in findings)
    return PackCost(own.code, own.title, cost, len(findings), heavy)


def burdens(*, income: Dong | None = None, on: date, by: Actor) -> tuple[PackCost, ...]:
    """Return all packs valid ``on`` a day, the largest yearly saving first; for administrators."""
    if Role.ADMINISTRATOR not in by.roles:
        return ()
    versions = PackVersion.objects.valid_on(on).order_by("code", "-number").distinct("code")
    found = versions.values_list("id", flat=True)
    return in_order(_burden(version, income) for version in found)


def _burden(version: str, income: Dong | None) -> PackCost:
    own = pack(version)
    return (
        burden_of(own, definition_of(version), income=income)
        if own.parts
        else _kept(version, income)
    )


@lru_cache(maxsize=1024)
def _kept(version: str, income: Dong | None) -> PackCost:
    """Keep what a version costs: neither it nor the model ever changes; what it links may."""
    return burden_of(pack(version), definition_of(version), income=income)


@public
def in_order(costs: Iterable[PackCost]) -> tuple[PackCost, ...]:
    """Return costs with the largest yearly saving first, then the largest for one filing."""
    return tuple(
        sorted(costs, key=lambda each: (-each.yearly_saving.amount, -each.cost.saving.amount))
    )


@public
def totals(costs: Iterable[PackCost]) -> Totals:
    """Add up packs; one without a number of filings a year cannot be added."""
    every = tuple(costs)
    known = [each.cost for each in every if each.cost.filings is not None]
    before = sum((cost.yearly(cost.before) or NOTHING for cost in known), NOTHING)
    after = sum((cost.yearly(cost.after) or NOTHING for cost in known), NOTHING)
    filings = sum((cost.filings or Decimal(0) for cost in known), Decimal(0))
    saving = less(before, after)
    per_filing = rounded(saving.amount / filings) if filings else NOTHING
    return Totals(before, after, saving, int(filings), per_filing, len(every) - len(known))
