"""What a case costs, which papers it needs and how long the office may take."""

from dataclasses import dataclass
from datetime import date

from motcua.forms.rules.definition import Answers, Words
from motcua.forms.rules.showing import holds, seen
from motcua.forms.rules.values import value_at
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit
from motcua.packs.rules.definition import Channel, Fee, Pack, Paper


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A paper asked for in this case, and whether filing waits for it."""

    paper: Paper
    required: bool


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of what is to be paid; an exempt line costs nothing and says why."""

    code: str
    name: Words
    unit_amount: Dong
    quantity: int
    amount: Dong
    exempt: Words | None = None


def fees_for(pack: Pack, answers: Answers, *, channel: Channel, on: date) -> tuple[FeeLine, ...]:  # noqa: ARG001
    """
    Return the lines to be paid with these answers, in the pack's order.

    A fee counted by an answer that is empty or wrong has no line. An exempt one stands there with
    nothing to pay and the reason, so that people see what they were spared.
    """
    known = seen(pack.form, answers, on=on)
    return tuple(
        _line(pack, fee, quantity, known, on)
        for fee in pack.fees
        if holds(pack.form, fee.when, known, on=on) and (quantity := _quantity(fee, known))
    )


def total_of(lines: tuple[FeeLine, ...]) -> Dong:
    """Return what is to be paid in all."""
    return sum((line.amount for line in lines), Dong(0))


def _quantity(fee: Fee, known: Answers) -> int:
    if not fee.times:
        return 1
    value = value_at(fee.times, known)
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0


def _line(pack: Pack, fee: Fee, quantity: int, known: Answers, on: date) -> FeeLine:
    spared = (e.reason for e in fee.exempt if holds(pack.form, e.when, known, on=on))
    reason = next(spared, None)
    amount = 0 if reason else fee.amount * quantity
    return FeeLine(fee.code, fee.name, Dong(fee.amount), quantity, Dong(amount), reason)


def papers_for(pack: Pack, answers: Answers, *, on: date) -> tuple[PaperAsked, ...]:
    """Return the papers asked for with these answers, and which of them filing waits for."""
    known = seen(pack.form, answers, on=on)
    return tuple(
        PaperAsked(paper, holds(pack.form, paper.required, known, on=on))
        for paper in pack.papers
        if holds(pack.form, paper.show, known, on=on)
    )


def limit_for(pack: Pack, channel: Channel, answers: Answers, *, on: date) -> Limit:
    """
    Return how long the office may take: the first limit that fits channel and case.

    Every pack has one without a condition for each of its channels (checked when loaded).
    """
    known = seen(pack.form, answers, on=on)
    return next(
        each.limit
        for each in pack.limits
        if channel in each.channels and holds(pack.form, each.when, known, on=on)
    )


def usual_limit(pack: Pack, channel: Channel) -> Limit | None:
    """Return how long it takes where nothing is known of the case."""
    for each in pack.limits:
        if channel in each.channels and each.when is None:
            return each.limit
    return None


def unit_of(pack: Pack, answers: Answers) -> str | None:
    """Return the code of the unit whose agency is competent, at the pack's level, once known."""
    part = "commune" if pack.level == "commune" else "province"
    value = value_at(f"{pack.unit_field}.{part}", answers)
    return value if isinstance(value, str) else None
