"""How a step of the history keeps the fees it was about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_KEPT = re.compile(r"(?P<title>.*): (?P<amount>\d+) \((?P<legal>.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FeeKept:
    """A fee as the history keeps it: its name, its amount in dong, the text of law behind it."""

    title: str
    amount: int
    legal: str

    def __str__(self) -> str:
        """Return it as the details of a step keep it."""
        return f"{self.title}: {self.amount} ({self.legal})"


def fees_kept(details: Iterable[str]) -> list[FeeKept]:
    """Return the fees that the details of a step tell of."""
    found = (_KEPT.fullmatch(each) for each in details)
    return [FeeKept(x["title"], int(x["amount"]), x["legal"]) for x in found if x]
