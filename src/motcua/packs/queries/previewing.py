"""What answers come to under a pack that may not be published yet: for those who write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies.queries.calendars import usual_calendar
from motcua.forms.queries.forms import Words
from motcua.kernel.money import Dong
from motcua.kernel.scope import public
from motcua.kernel.worktime import Limit, due_at
from motcua.packs.rules.charges import (
    FeeLine,
    PaperAsked,
    case_of,
    fees_for,
    limit_for,
    papers_for,
    refused_by,
    result_for,
    total_of,
)
from motcua.packs.rules.definition import Case, Pack, Refusal
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.work import WorkStep

__all__ = ["PREVIEWED", "Outcome", "outcome_of"]

PREVIEWED: dict[str, str] = {}
"""What this process previews: the ``folder`` of a pack, and the ``portal`` its pages link to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What filing these answers would come to; ``due`` on the usual calendar.

    A linked pack has no limit, due date, work or result of its own.
    """

    case: Case | None
    refusal: Refusal | None
    fees: tuple[FeeLine, ...]
    total: Dong
    papers: tuple[PaperAsked, ...]
    limit: Limit | None
    due: datetime | None
    work: tuple[WorkStep, ...]
    result: Words | None


@public
def outcome_of(
    pack: Pack, answers: Mapping[str, Any], *, channel: Channel, at: datetime
) -> Outcome:
    """Return what filing ``answers`` at that moment through ``channel`` would come to."""
    calendar = usual_calendar()
    on = calendar.local(at).date()
    case = case_of(pack, answers, on=on)
    fees = fees_for(pack, answers, channel=channel, on=on)
    limit = limit_for(pack, channel, answers, on=on) if pack.limits else None
    return Outcome(
        case=next((each for each in pack.cases if each.id == case), None),
        refusal=refused_by(pack, answers, on=on),
        fees=fees,
        total=total_of(fees),
        papers=papers_for(pack, answers, on=on),
        limit=limit,
        due=due_at(at, limit, calendar) if limit else None,
        work=pack.workflow,
        result=result_for(pack, answers, on=on).name if pack.results else None,
    )
