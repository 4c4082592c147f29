"""What a case costs, which papers it needs, how long the office may take, what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from motcua.forms.rules.definition import Answers, Words
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit
from motcua.packs.rules.asking import Asking
from motcua.packs.rules.asking import asking as asking_of
from motcua.packs.rules.definition import Pack, Refusal
from motcua.packs.rules.demands import Channel, Exemption, Fee, Paper
from motcua.packs.rules.work import Result


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A paper asked for in this case, and whether filing waits for it."""

    paper: Paper
    required: bool


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of what is to be paid; where the law spares some or all of it, it says why."""

    code: str
    name: Words
    unit_amount: Dong
    quantity: int
    amount: Dong
    exempt: Words | None = None


def fees_for(pack: Pack, answers: Answers, *, channel: Channel, on: date) -> tuple[FeeLine, ...]:
    """
    Return the lines to be paid with these answers, in the pack's order.

    A fee counted by an answer that is empty or wrong has no line. One that is spared stands there
    with what is left to pay and the reason; of several exemptions the greatest counts.
    """
    asking = asking_of(pack, answers, on)
    lines = (
        _line(fee, asking)
        for fee in pack.fees
        if channel in fee.channels and asking.in_case(fee.cases) and asking.fits(fee.when)
    )
    return tuple(line for line in lines if line is not None)


def total_of(lines: tuple[FeeLine, ...]) -> Dong:
    """Return what is to be paid in all."""
    return sum((line.amount for line in lines), Dong(0))


def _line(fee: Fee, asking: Asking) -> FeeLine | None:
    amount, times = asking.number(fee.amount), asking.number(fee.times or 1)
    if amount is None or times is None or times <= 0:
        return None
    whole = times == int(times)
    unit, quantity = (_dong(amount), int(times)) if whole else (_dong(amount * times), 1)
    spared = _spared(fee, asking)
    left = Decimal(unit * quantity) * (100 - spared.percent if spared else 100) / 100
    reason = spared.reason if spared else None
    return FeeLine(fee.code, fee.name, Dong(unit), quantity, Dong(_dong(left)), reason)


def _spared(fee: Fee, asking: Asking) -> Exemption | None:
    found = [each for each in fee.exempt if asking.fits(each.when)]
    return max(found, key=lambda each: each.percent, default=None)


def _dong(amount: Decimal) -> int:
    """Return whole dong, a half rounded up; never less than nothing."""
    return max(int(amount.quantize(Decimal(1), ROUND_HALF_UP)), 0)


def papers_for(pack: Pack, answers: Answers, *, on: date) -> tuple[PaperAsked, ...]:
    """Return the papers asked for with these answers, and which of them filing waits for."""
    asking = asking_of(pack, answers, on)
    return tuple(
        PaperAsked(paper, asking.asks(paper.required))
        for paper in pack.papers
        if asking.in_case(paper.cases)
        and asking.fits(paper.show)
        and not asking.holds(paper.spared_when)
    )


def limit_for(pack: Pack, channel: Channel, answers: Answers, *, on: date) -> Limit:
    """
    Return how long the office may take: the first limit that fits channel, case and answers.

    Every pack has one without a condition for each of its channels (checked when published).

    :raises LookupError: of a linked pack, whose parts have limits, not the pack
    """
    asking = asking_of(pack, answers, on)
    for each in pack.limits:
        if channel in each.channels and asking.in_case(each.cases) and asking.fits(each.when):
            return each.limit
    raise LookupError(f"{pack.code} has no limit for {channel}")


def usual_limit(pack: Pack, channel: Channel) -> Limit | None:
    """Return how long it takes where nothing is known of the case; None of a linked pack."""
    for each in pack.limits:
        if channel in each.channels and not each.cases and each.when is None:
            return each.limit
    return None


def result_for(pack: Pack, answers: Answers, *, on: date) -> Result:
    """
    Return what the person receives: the first result that fits.

    :raises LookupError: of a linked pack, whose parts have results, not the pack
    """
    asking = asking_of(pack, answers, on)
    for each in pack.results:
        if asking.fits(each.when):
            return each
    raise LookupError(f"{pack.code} has no result")


def case_of(pack: Pack, answers: Answers, *, on: date) -> str | None:
    """Return the id of the case these answers make, or None where the pack tells none apart."""
    return asking_of(pack, answers, on).case


def refused_by(
    pack: Pack, answers: Answers, *, on: date, asked: Collection[str] | None = None
) -> Refusal | None:
    """
    Return why these answers cannot be filed under this procedure, or None where they can.

    :param asked: the fields asked so far, where more will be: rules about others wait
    """
    asking = asking_of(pack, answers, on)
    return next(
        (
            each
            for each in pack.eligibility
            if (asked is None or asking.fields_of(each.refuse_when) <= set(asked))
            and asking.holds(each.refuse_when)
        ),
        None,
    )


def fields_of(refusal: Refusal, pack: Pack) -> frozenset[str]:
    """Return the fields whose answers a rule of eligibility looks at."""
    return asking_of(pack, {}, date.min).fields_of(refusal.refuse_when)


def unit_of(pack: Pack, answers: Answers) -> str | None:
    """
    Return the code of the unit whose agency is competent, at the pack's level, once known.

    Its field is always asked (checked when published), so what is hidden need not be left out.
    """
    place = answers.get(pack.unit_field)
    part = "commune" if pack.level == "commune" else "province"
    value = place.get(part) if isinstance(place, dict) else None
    return value if isinstance(value, str) else None


def agency_of(pack: Pack, answers: Answers) -> str | None:
    """Return the agency the pack names for the unit, or None where it is the unit's own."""
    return pack.agencies.get(unit_of(pack, answers) or "")
