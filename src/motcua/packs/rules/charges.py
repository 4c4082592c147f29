"""What a case costs, which papers it needs and how long the office may take."""

from dataclasses import dataclass

from motcua.forms.rules.definition import Answers, Words
from motcua.forms.rules.showing import holds, is_required, seen, value_at
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


def fees_for(pack: Pack, answers: Answers) -> tuple[FeeLine, ...]:
    """
    Return the lines to be paid with these answers, in the pack's order.

    A fee counted by an answer that is empty or wrong has no line. An exempt one stands there with
    nothing to pay and the reason, so that people see what they were spared.
    """
    known = seen(pack.form, answers)
    return tuple(
        _line(fee, quantity, known)
        for fee in pack.fees
        if (fee.when is None or holds(fee.when, known)) and (quantity := _quantity(fee, known))
    )


def total_of(lines: tuple[FeeLine, ...]) -> Dong:
    """Return what is to be paid in all."""
    return sum((line.amount for line in lines), Dong(0))


def _quantity(fee: Fee, known: Answers) -> int:
    if not fee.times:
        return 1
    value = value_at(fee.times, known)
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0


def _line(fee: Fee, quantity: int, known: Answers) -> FeeLine:
    reason = next((e.reason for e in fee.exempt if holds(e.when, known)), None)
    amount = 0 if reason else fee.amount * quantity
    return FeeLine(fee.code, fee.name, Dong(fee.amount), quantity, Dong(amount), reason)


def papers_for(pack: Pack, answers: Answers) -> tuple[PaperAsked, ...]:
    """Return the papers asked for with these answers, and which of them filing waits for."""
    known = seen(pack.form, answers)
    return tuple(
        PaperAsked(paper, is_required(paper.required, known))
        for paper in pack.papers
        if paper.show is None or holds(paper.show, known)
    )


def limit_for(pack: Pack, channel: Channel, answers: Answers) -> Limit:
    """
    Return how long the office may take: the first limit that fits channel and case.

    Every pack has one without a condition for each of its channels (checked when loaded).
    """
    known = seen(pack.form, answers)
    return next(
        each.limit
        for each in pack.limits
        if channel in each.channels and (each.when is None or holds(each.when, known))
    )


def unit_of(pack: Pack, answers: Answers) -> str | None:
    """Return the code of the unit whose agency is competent, at the pack's level, once known."""
    part = "commune" if pack.level == "commune" else "province"
    value = value_at(f"{pack.unit_field}.{part}", seen(pack.form, answers))
    return value if isinstance(value, str) else None
