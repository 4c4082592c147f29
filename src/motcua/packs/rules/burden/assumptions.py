"""What is assumed where a pack says nothing: each figure with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from motcua.forms.rules.definition import Words
from motcua.kernel.money import Dong
from motcua.packs.rules.demands import PaperForm

HOURS_A_YEAR = 12 * 22 * 8
"""Months × working days × hours, by which a year's income becomes an hour's."""
PLAUSIBLE = Dong(394_000)
"""A dossier's share of the published national saving, by dossiers synchronised: it can be."""
IMPOSSIBLE = Dong(18_000_000)
"""The same by dossiers filed on the portal: it cannot be."""
NOTHING = Dong(0)
GDP_PER_HEAD = Dong(125_500_000)
GDP_YEAR = 2025
GDP_SOURCE = Words(
    "Cục Thống kê, công bố ngày 5/1/2026", "National Statistics Office, 5 January 2026"
)


@dataclass(frozen=True, slots=True)
class Effort:
    """What meeting one demand takes: hours of one's own, and dong for travel and for services."""

    hours: Decimal = Decimal(0)
    travel: Dong = NOTHING
    services: Dong = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """
    The parameters of the model.

    ``income`` is the gross domestic product per head of ``year``. What a question, a paper and a
    trip take is this portal's own estimate, but the price of certifying (2,000 dong a page,
    Circular 226/2016/TT-BTC; two pages). To confirm an answer takes a quarter of giving it.
    """

    income: Dong = GDP_PER_HEAD
    year: int = GDP_YEAR
    source: Words = GDP_SOURCE
    question: Decimal = Decimal("0.02")
    confirming: Decimal = Decimal("0.005")
    trip: Effort = Effort(Decimal(1), Dong(15_000))
    papers: Mapping[PaperForm, Effort] = field(
        default_factory=lambda: {
            PaperForm.COPY: Effort(Decimal("0.25"), Dong(0), Dong(2_000)),
            PaperForm.ORIGINAL: Effort(Decimal(1), Dong(15_000)),
            PaperForm.CERTIFIED: Effort(Decimal("0.75"), Dong(15_000), Dong(4_000)),
        }
    )

    @property
    def hour(self) -> Dong:
        """The income of an hour, rounded for reading; sums are made of the exact one."""
        return self.worth(Decimal(1))

    def worth(self, hours: Decimal) -> Dong:
        """Return what hours of one's own are worth, in whole dong."""
        return rounded(hours * self.income.amount / HOURS_A_YEAR)

    def cost(self, effort: Effort) -> Dong:
        """Return what an effort costs: hours, travel and services."""
        return self.worth(effort.hours) + effort.travel + effort.services


def rounded(amount: Decimal) -> Dong:
    """Return whole dong, a half rounded up."""
    return Dong(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))


def less(one: Dong, other: Dong) -> Dong:
    """Return by how much the first is more."""
    return Dong(one.amount - other.amount)
