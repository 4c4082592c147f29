"""How a dossier stands, for the portal that handed it on to us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.lifecycle import NATIONAL_NUMBER, State, Step
from motcua.dossiers.rules.words import HAPPENED
from motcua.kernel.scope import for_rooms

__all__ = ["HAPPENED", "HandedStanding", "Step", "StepSaid", "handed_standing"]

_HAS_RESULT = (State.DONE, State.RETURNED)
_INSIDE = frozenset({Step.PROPOSE, Step.SEND_BACK, Step.CONSULT, Step.CONSULTED, Step.RECALL})
"""Steps whose reasons are for officials."""


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A step: the state it led to, by its national number, and what the applicant may read."""

    step: Step
    number: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class HandedStanding:
    """
    Where a dossier is, by national number, and what is asked of its applicant.

    ``asked`` holds ``reason``, ``papers`` and ``fields`` of an open request for supplement.
    """

    code: str
    agency: str
    applicant: str
    applicant_name: str
    pack: str
    number: int
    filed_at: datetime
    due_at: datetime
    wait_until: datetime | None
    fee: int
    paid: bool
    asked: dict[str, Any] | None
    asked_times: int
    claim: str
    result: str
    version: int
    steps: tuple[StepSaid, ...]


@for_rooms
def handed_standing(code: str) -> HandedStanding | None:
    """Return how a dossier stands, whoever's it is; the caller knows who may. Two statements."""
    row = Dossier.objects.filter(code=code).first()
    if row is None:
        return None
    state = State(row.state)
    reason = row.transitions.filter(step=Step.ASK_SUPPLEMENT).order_by("-id")
    asked = None
    if state is State.SUPPLEMENT and row.asked is not None:
        said = reason.values_list("reason", flat=True).first() or ""
        names = ("papers", "fields")
        asked = {"reason": said, **{name: row.asked.get(name, []) for name in names}}
    return HandedStanding(
        code=row.code,
        agency=row.agency,
        applicant=row.applicant,
        applicant_name=row.applicant_name,
        pack=row.pack,
        number=NATIONAL_NUMBER[state],
        filed_at=row.filed_at,
        due_at=row.due_at,
        wait_until=row.wait_until,
        fee=row.fee,
        paid=row.paid_at is not None,
        asked=asked,
        asked_times=row.asked_times,
        claim=row.claim,
        result=_result(row),
        version=row.version,
        steps=tuple(
            _said(*values) for values in row.transitions.order_by("id").values_list(*_STEP)
        ),
    )


def _result(row: Dossier) -> str:
    """Return the result, once there is one: while a fee is owed it is not given out."""
    owes = bool(row.fee) and row.paid_at is None and row.state == State.DONE
    return str(row.result) if row.result and row.state in _HAS_RESULT and not owes else ""


_STEP = ("step", "state", "at", "reason")


def _said(step: str, state: str, at: datetime, reason: str) -> StepSaid:
    said = "" if Step(step) in _INSIDE else reason
    return StepSaid(Step(step), NATIONAL_NUMBER[State(state)], at, said)
