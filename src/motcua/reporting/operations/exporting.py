"""Write the journal, and the steps of dossiers, as files that analysis can read elsewhere."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.agencies.queries.calendars import calendar_of
from motcua.backbone.horizon import complete_up_to
from motcua.backbone.journal import announce
from motcua.backbone.models import Entry
from motcua.backbone.transactions import one_transaction
from motcua.catalogue.queries.fields import fields_over_time
from motcua.dossiers.queries.taken import (
    due_moves,
    last_due_move,
    last_step,
    steps_taken,
)
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import ZONE, WorkingCalendar
from motcua.reporting.adapters.parquet import Folder, NoParquet, OtherFolder
from motcua.reporting.events import JournalExported
from motcua.reporting.rules.leaving import facts_that_leave, place_of, pseudonym
from motcua.reporting.rules.periods import Period
from motcua.reporting.rules.working import WorkClock

__all__ = ["Exported", "NoParquet", "OtherFolder", "export_journal"]

BATCH = 50_000
EPOCH = datetime(2020, 1, 1, tzinfo=ZONE)
"""The moment from which ``worked`` counts an agency's working seconds."""

Row = dict[str, Any]
Read = Callable[[int, int], Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows of each kind were written."""

    journal: int
    steps: int
    moves: int


def export_journal(folder: Path, *, key: bytes, since: date, by: Actor, at: datetime) -> Exported:
    """
    Add to ``folder`` what is not there yet, from the day ``since`` on.

    :param key: makes pseudonyms of persons and dossiers; another key makes other pseudonyms, so
        a folder keeps to one
    :raises NoParquet: if the extra ``analytics`` is not installed
    :raises OtherFolder: if the files there are from another day on, or of another key
    """
    begins = datetime.combine(since, time.min, ZONE)
    files = Folder(folder)
    files.begin(since=str(since), key=pseudonym("key", key=key))
    found = Exported(
        journal=_batches(files, "journal", complete_up_to(Entry), _entries(begins, key)),
        steps=_batches(files, "steps", last_step(), _steps(begins, key, at)),
        moves=_batches(files, "moves", last_due_move(), _moves(begins, key)),
    )
    files.replace(
        "fields",
        [
            {"procedure": code, "field": field, "valid_from": valid.astimezone(UTC)}
            for code, field, valid in fields_over_time()
        ],
    )
    _tell(found, by=by, at=at)
    return found


@one_transaction
def _tell(found: Exported, *, by: Actor, at: datetime) -> None:
    facts = {"entries": found.journal, "steps": found.steps, "moves": found.moves}
    announce(JournalExported(subject="parquet", **facts), by=by, at=at)


def _batches(files: Folder, kind: str, until: int, read: Read) -> int:
    after, total = files.after(kind), 0
    while after < until:
        rows = read(after, until)
        last = rows[-1]["id"] if len(rows) == BATCH else until
        places: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            places[place_of(localtime(row["at"]).date(), row["agency"])].append(row)
        files.write(kind, places, first=after + 1, last=last)
        total += len(rows)
        after = last
    return total


def _entries(since: datetime, key: bytes) -> Read:
    def read(after: int, until: int) -> list[Row]:
        rows = Entry.objects.filter(pk__gt=after, pk__lte=until, at__gte=since).order_by("pk")
        names = ("pk", "name", "subject", "by", "agency", "at", "facts")
        return [
            {
                "id": id_,
                "name": name,
                "subject": pseudonym(subject, key=key),
                "by": pseudonym(by, key=key),
                "agency": agency,
                "at": at,
                "facts": json.dumps(facts_that_leave(facts, key=key)),
            }
            for id_, name, subject, by, agency, at, facts in rows.values_list(*names)[:BATCH]
        ]

    return read


def _steps(since: datetime, key: bytes, now: datetime) -> Read:
    clocks: list[tuple[WorkingCalendar, WorkClock]] = []

    def clock(calendar: WorkingCalendar) -> WorkClock:
        """Return the clock of a calendar; most agencies have the same one."""
        known = next((clock for same, clock in clocks if same == calendar), None)
        if known is None:
            clocks.append((calendar, known := WorkClock(calendar, EPOCH, now)))
        return known

    @lru_cache(maxsize=10_000)
    def clock_of(agency: str) -> WorkClock | None:
        try:
            return clock(calendar_of(agency))
        except NoSuchAgency:
            return None

    def read(after: int, until: int) -> list[Row]:
        found = steps_taken(after=after, until=until, since=since, limit=BATCH)
        return [
            asdict(each)
            | {
                "dossier": pseudonym(each.dossier, key=key),
                "due_day": localtime(each.due_at).date(),
                "day": localtime(each.at).date(),
                "reporting_month": Period.month_with(localtime(each.at).date()).code,
                "worked": _worked(clock_of(each.agency), each.at),
            }
            for each in found
        ]

    return read


def _worked(clock: WorkClock | None, moment: datetime) -> int | None:
    """Return an agency's working time up to a moment in microseconds."""
    if clock is None:
        return None
    worked = clock.between(EPOCH, moment)
    return (worked.days * 86_400 + worked.seconds) * 1_000_000 + worked.microseconds


def _moves(since: datetime, key: bytes) -> Read:
    def read(after: int, until: int) -> list[Row]:
        return [
            asdict(each)
            | {
                "dossier": pseudonym(each.dossier, key=key),
                "day": localtime(each.at).date(),
                "due_day": localtime(each.due_at).date(),
            }
            for each in due_moves(after=after, until=until, since=since, limit=BATCH)
        ]

    return read
