"""How a dossier went through the agency's hands: what its control slip tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.dossiers.rules.clock import Timing, day_of, stage_due, timing
from motcua.dossiers.rules.lifecycle import ENDED, WAITING, State, Step
from motcua.kernel.worktime import Limit, Wait, WorkingCalendar

PASSES_ON = frozenset(
    {
        *(Step.FILE, Step.FORWARD, Step.PROPOSE, Step.SEND_BACK),
        *(Step.APPROVE, Step.TRANSFER, Step.REOPEN),
    }
)
"""Steps after which somebody else has the dossier in hand."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A step as the control slip needs it: by whom it was taken, which agency had it then."""

    step: Step
    state: State
    stage: int
    by: str
    at: datetime
    agency: str


@dataclass(frozen=True, slots=True)
class Leg:
    """
    One stage of the way: who gave the dossier in, who had it in which agency, from when to when.

    ``due`` is when the stage had to be over, the waits for the applicant counted; ``stood`` how it
    stood to that, by day, once it was over. Without an internal limit both are ``None``.
    """

    stage: int
    agency: str
    given_by: str
    began: datetime
    taken_by: str = ""
    ended: datetime | None = None
    due: datetime | None = None
    stood: Timing | None = None


def legs_of(
    history: Sequence[Passed],
    limits: Sequence[Limit | None],
    calendars: Mapping[str, WorkingCalendar],
) -> tuple[Leg, ...]:
    """
    Return the stages a dossier went through, in order; the last may still be going on.

    :param history: its steps in order, from its filing on
    :param limits: the internal limit of each stage of its workflow
    :param calendars: those of the agencies that had it, each of which counts its own stages
    """
    return tuple(_legs(history, limits, calendars))


def _legs(
    history: Sequence[Passed],
    limits: Sequence[Limit | None],
    calendars: Mapping[str, WorkingCalendar],
) -> Iterator[Leg]:
    leg: Leg | None = None
    waits: list[Wait] = []
    asked: datetime | None = None
    for taken in history:
        if asked is not None and taken.state not in WAITING:
            waits.append(Wait(asked, max(asked, taken.at)))
            asked = None
        elif asked is None and taken.state in WAITING:
            asked = taken.at
        over = taken.step in PASSES_ON or taken.state in ENDED
        if leg is not None and over:
            yield _ended(_due(leg, limits, calendars[leg.agency], waits), taken)
            leg, waits = None, []
        if taken.step in PASSES_ON:
            at_the_desk = taken.step is Step.APPROVE
            stage = len(limits) - 1 if at_the_desk else taken.stage
            leg = Leg(stage, taken.agency, taken.by, taken.at)
    if leg is not None:
        yield _due(leg, limits, calendars[leg.agency], waits)


def _due(
    leg: Leg, limits: Sequence[Limit | None], calendar: WorkingCalendar, waits: Sequence[Wait]
) -> Leg:
    limit = limits[leg.stage] if leg.stage < len(limits) else None
    return replace(leg, due=stage_due(calendar.local(leg.began), limit, calendar, tuple(waits)))


def _ended(leg: Leg, taken: Passed) -> Leg:
    stood = None if leg.due is None else timing(day_of(taken.at), day_of(leg.due))
    return replace(leg, taken_by=taken.by, ended=taken.at, stood=stood)
