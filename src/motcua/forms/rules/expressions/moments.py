"""What an expression is asked of: the answers, the day, the row, the case."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Answers = Mapping[str, Any]


class Moment:
    """
    One evaluation. Inside a given ``row`` its columns come before the answers of the form.

    ``item`` is the row that an aggregate is at. Aggregates do not stand in each other, so one
    place is enough.
    """

    __slots__ = ("answers", "case", "item", "row", "today")

    def __init__(
        self, answers: Answers, today: date, row: Answers | None, case: str | None
    ) -> None:
        self.answers = answers
        self.today = today
        self.row = row
        self.case = case
        self.item: Answers = {}

    def asked(self, name: str) -> Any:
        """Return the answer as it is, of any type; None if there is none."""
        row = self.row
        return row[name] if row is not None and name in row else self.answers.get(name)


Closure = Callable[[Moment], Any]
"""A compiled part of an expression."""
