"""Asking the expressions of a pack about answers: what holds, how much, in which case."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec.json import encode

from motcua.forms.rules.definition import Answers, Condition
from motcua.forms.rules.expressions.compiling import Expression, Value, compiled
from motcua.forms.rules.expressions.types import CASE, Name, Scope, Type
from motcua.forms.rules.scopes import scope_of
from motcua.forms.rules.showing import seen
from motcua.packs.rules.definition import Pack


@lru_cache(maxsize=512)
def scope_with_case(pack: Pack) -> Scope:
    """Return the names that a pack's expressions outside its form may ask."""
    offered = frozenset(case.id for case in pack.cases)
    return {**scope_of(pack.form), CASE: Name(Type.TEXT, options=offered)}


def asking(pack: Pack, answers: Answers, on: date) -> "Asking":
    """
    Return an ``Asking`` of these answers, the one made a moment ago where they are the same.

    One filing asks a pack half a dozen questions about the same answers.
    """
    try:
        same = encode(answers)
    except (OverflowError, TypeError, ValueError):
        return Asking(pack, answers, on)
    key = id(pack), on, same
    kept = _asked_lately.get(key)
    if kept is not None and kept[0] is pack:
        return kept[1]
    made = Asking(pack, answers, on)
    if len(_asked_lately) >= MOST_KEPT:
        _asked_lately.clear()
    _asked_lately[key] = pack, made
    return made


MOST_KEPT = 64
_asked_lately: "dict[tuple[int, date, bytes], tuple[Pack, Asking]]" = {}


class Asking:
    """Answers of one day, and the case they make; hidden answers count as empty."""

    __slots__ = ("_known", "_on", "_scope", "case")

    def __init__(self, pack: Pack, answers: Answers, on: date) -> None:
        self._on, self._scope = on, scope_with_case(pack)
        self._known = seen(pack.form, answers, on=on)
        self.case: str | None = None
        self.case = next((each.id for each in pack.cases if self.fits(each.when)), None)

    def in_case(self, cases: Collection[str]) -> bool:
        """Tell whether the case is one of those named; none named means any."""
        return not cases or self.case in cases

    def fits(self, condition: Condition | None) -> bool:
        """Tell whether a condition holds, or there is none."""
        return condition is None or self.holds(condition)

    def holds(self, condition: Condition | None) -> bool:
        """Tell whether there is a condition and it holds."""
        if condition is None:
            return False
        return self._asked(condition).holds(self._known, today=self._on, case=self.case)

    def asks(self, required: bool | Condition) -> bool:  # noqa: FBT001
        """Tell whether a ``required`` rule asks for its subject."""
        return required if isinstance(required, bool) else self.holds(required)

    def number(self, amount: int | str) -> Decimal | None:
        """Return a number, or the value of an expression that gives one; None where it is empty."""
        if isinstance(amount, int):
            return Decimal(amount)
        value = self._asked(amount).value(self._known, today=self._on, case=self.case)
        return value if isinstance(value, Decimal) else None

    def fields_of(self, condition: Condition) -> frozenset[str]:
        """Return the fields that a condition names."""
        return frozenset(name.partition(".")[0] for name in self._asked(condition).names)

    @property
    def known(self) -> Answers:
        """The answers that count: of fields that are shown."""
        return self._known

    def value(self, text: str) -> Value:
        """Return the value of an expression, or None where it is empty."""
        return self._asked(text).value(self._known, today=self._on, case=self.case)

    def _asked(self, text: str) -> Expression:
        return compiled(text, self._scope)
