"""One made-up dossier: where it stands, what it cost, and the steps that brought it there."""

from dataclasses import dataclass, field
from datetime import datetime

from motcua.dossiers.rules.believable_money import Payment
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, State, Step
from motcua.kernel.worktime import Wait


@dataclass(slots=True)
class Taken:
    """One step of a made-up history, with the due time as it was after it."""

    step: Step
    before: str
    state: State
    stage: int
    by: str
    by_name: str
    reason: str
    details: dict[str, list[str]]
    due_at: datetime
    at: datetime


@dataclass(slots=True)
class Story:
    """
    One made-up dossier as it stands now, and every step taken until then.

    ``fee`` is what its filing cost, in dong, asked for when it was filed; ``payment`` how it was
    paid, None where it was not, or not yet.
    """

    applicant: str
    applicant_name: str
    channel: int
    filed_at: datetime
    promised_at: datetime
    due_at: datetime
    fee: int = 0
    payment: Payment | None = None
    state: State = State.NEW
    stage: int = 0
    stage_since: datetime | None = None
    holder: tuple[str, str] = ("", "")
    waits: list[Wait] = field(default_factory=list)
    waiting_from: State | None = None
    waiting_since: datetime | None = None
    asked: dict[str, list[str]] = field(default_factory=dict)
    asked_times: int = 0
    appointed_at: datetime | None = None
    history: list[Taken] = field(default_factory=list)

    def at(self, *steps: Step) -> datetime | None:
        """Return when the first of these steps was taken, if any was."""
        return next((taken.at for taken in self.history if taken.step in steps), None)

    @property
    def is_given_up(self) -> bool:
        """Tell whether nobody owes the fee: the dossier came to nothing before it was accepted."""
        return self.state in CAME_TO_NOTHING and self.at(Step.ACCEPT) is None
