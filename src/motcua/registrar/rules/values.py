"""What the insurance register keeps of a person: what three questions are answered from."""

from dataclasses import dataclass
from datetime import date

from motcua.registries.queries.answers import Card, Period


@dataclass(frozen=True, slots=True)
class Insured:
    """A person's social-insurance number, their state, their cards and the months they paid."""

    id: str
    name: str
    number: str
    state: str
    since: date
    employer: str
    cards: tuple[Card, ...]
    periods: tuple[Period, ...]
