"""The figures that somebody typed into a form of costs, and the picture of before and after."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.backbone.formats import decimal, dong
from motcua.kernel.money import Dong
from motcua.packs.queries.burden import Cost, Effort, Line, Typed

MOST_HOURS = Decimal(10_000)
MOST_DONG = 10**12
MOST_SUBJECTS = 10**9
MOST_TIMES = Decimal(10_000)
BILLION = 10**9


class Figures:
    """Reads figures; what is none stays out, and is told at its field."""

    def __init__(self, asked: QueryDict) -> None:
        self._asked = asked
        self.errors: dict[str, str] = {}

    def given(self, own: Cost) -> Typed:
        """Return what was typed that differs from a pack's own figures."""
        income = self.dong("income")
        subjects = self.whole("subjects", MOST_SUBJECTS)
        times = self.number("times", MOST_TIMES)
        efforts = {line.key: effort for line in own.lines if (effort := self._effort(line))}
        chosen = frozenset(self._asked.getlist("spare")[:500])
        return Typed(
            income=None if income == own.assumptions.income else income,
            subjects=None if subjects == own.subjects else subjects,
            times=None if times == own.times else times,
            efforts=efforts,
            spared=chosen if "chosen" in self._asked else None,
            case=own.case,
        )

    def _effort(self, line: Line) -> Effort | None:
        hours = self.number(f"h-{line.key}", MOST_HOURS)
        travel, services = self.dong(f"t-{line.key}", least=0), self.dong(f"s-{line.key}", least=0)
        typed = Effort(
            line.before.hours if hours is None else hours,
            line.before.travel if travel is None else travel,
            line.before.services if services is None else services,
        )
        return None if typed == line.before else typed

    def dong(self, name: str, least: int = 1) -> Dong | None:
        """Return an amount of money, or None."""
        amount = self.whole(name, MOST_DONG, least)
        return None if amount is None else Dong(amount)

    def whole(self, name: str, most: int, least: int = 0) -> int | None:
        """Return a whole number, typed with or without points between thousands."""
        text = "".join(c for c in self._asked.get(name, "")[:30] if c not in ".,  ₫đ")
        if not text:
            return None
        if text.isascii() and text.isdecimal() and least <= int(text) <= most:
            return int(text)
        self.errors[name] = _("Write a whole number, in digits only")
        return None

    def number(self, name: str, most: Decimal) -> Decimal | None:
        """Return a number, typed with a comma or a point."""
        text = self._asked.get(name, "")[:30].strip().replace(",", ".")
        if not text:
            return None
        try:
            value = Decimal(text) if text.isascii() else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and 0 <= value <= most:
            return round(value, 4)
        self.errors[name] = _("Write a number, such as 0.5")
        return None


def typed_as(value: Decimal) -> str:
    """Return a number as people type it."""
    return decimal(value, 4)


def large(amount: Dong) -> str:
    """Return an amount as people say it: thousands of millions from there on."""
    if amount.amount < BILLION:
        return dong(amount)
    return _("%(count)s billion dong") % {"count": decimal(Decimal(amount.amount) / BILLION)}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the picture: its length and its parts, in thousandths of the longest."""

    name: str
    amount: Dong
    parts: tuple[tuple[int, int, str], ...]


KINDS = ("form", "paper", "other", "fees")
"""The parts of a bar, in order: answers, papers, trips and waiting, fees."""


def picture(cost: Cost) -> tuple[Bar, Bar]:
    """Return the bars of a filing before and after."""
    whole = max(cost.before.amount, 1)
    return (
        _bar(_("Now"), cost.before, _sums(cost, "cost_before"), whole),
        _bar(_("With what can be spared left out"), cost.after, _sums(cost, "cost_after"), whole),
    )


def _sums(cost: Cost, which: str) -> dict[str, int]:
    sums = dict.fromkeys(KINDS, 0)
    for line in cost.lines:
        amount: Dong = getattr(line, which)
        sums[line.kind] += amount.amount
    sums["fees"] = cost.fees.amount
    return sums


def _bar(name: str, amount: Dong, sums: dict[str, int], whole: int) -> Bar:
    parts: list[tuple[int, int, str]] = []
    x = 0
    for kind in KINDS:
        width = sums[kind] * 1000 // whole
        parts.append((x, width, kind))
        x += width
    return Bar(name, amount, tuple(part for part in parts if part[1]))


def as_page(cost: Cost, figures: Figures) -> dict[str, Any]:
    """Return what a page of a cost shows besides the cost."""
    problems = [{"at": _at(name), "message": text} for name, text in figures.errors.items()]
    return {"bars": picture(cost), "problems": problems, "errors": figures.errors}


def _at(name: str) -> str:
    return name.replace(":", "-")
