"""When somebody had a dossier in hand before a step of theirs, and until when they were to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from motcua.agencies.queries.calendars import calendar_of
from motcua.backbone.statements import Statement
from motcua.dossiers.rules.control import PASSES_ON, Passed, legs_of
from motcua.dossiers.rules.lifecycle import ENDED, State, Step
from motcua.kernel.scope import for_rooms
from motcua.kernel.worktime import WorkingCalendar
from motcua.packs.queries.packs import pack

__all__ = ["Calendars", "StageTime", "stage_times"]

_HISTORY = Statement(
    """
    SELECT t.dossier_id, d.pack, t.id, t.step, t.state, t.stage, t.by_name, t.at, t.agency
    FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id
    WHERE t.dossier_id = ANY(%s) ORDER BY t.dossier_id, t.id
    """
)


@dataclass(frozen=True, slots=True)
class StageTime:
    """
    Since when the stage went on that a step was taken in, and when it was to be over.

    ``due`` follows from the stage's own limit and the waits until that step; without a limit there
    is none. What happens afterwards changes neither.
    """

    began: datetime
    due: datetime | None


@for_rooms
def stage_times(dossiers: Collection[int]) -> dict[int, StageTime]:
    """
    Return the times of the steps of dossiers, by the step's number.

    One statement, and a small one for each agency. A step that nobody had the dossier in hand
    before, as its filing, is left out.
    """
    found: dict[int, StageTime] = {}
    calendars = Calendars()
    for _, rows in groupby(_HISTORY.all(list(dossiers)), key=lambda row: row[0]):
        found.update(_times_of(list(rows), calendars))
    return found


class Calendars(dict[str, WorkingCalendar]):
    """The calendars of agencies, each read once."""

    def __missing__(self, agency: str) -> WorkingCalendar:
        self[agency] = calendar_of(agency)
        return self[agency]


def _times_of(rows: list[tuple[Any, ...]], calendars: Calendars) -> Iterator[tuple[int, StageTime]]:
    limits = [stage.limit for stage in pack(rows[0][1]).workflow]
    passed = [Passed(Step(r[3]), State(r[4]), *r[5:9]) for r in rows]
    begun, open_ = 0, False
    for n, taken in enumerate(passed):
        if open_:
            legs = legs_of(passed[: n + 1], limits, calendars)
            yield rows[n][2], StageTime(legs[begun - 1].began, legs[begun - 1].due)
        if taken.step in PASSES_ON:
            begun, open_ = begun + 1, True
        elif taken.state in ENDED:
            open_ = False
