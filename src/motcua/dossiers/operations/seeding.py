"""Fill the database with believable dossiers, in bulk, to show and to measure."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localtime

from motcua.backbone.copying import copy_rows, new_keys
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.finding import sought_by
from motcua.dossiers.operations.numbers import next_code
from motcua.dossiers.operations.seeding_answers import applicant_for
from motcua.dossiers.operations.seeding_rows import (
    DOSSIER,
    TRANSITION,
    Filed,
    Kind,
    bill_of,
    dossier_line,
    step_lines,
)
from motcua.dossiers.rules.believable import Place, name_of, person_of
from motcua.dossiers.rules.believable_history import Story
from motcua.dossiers.rules.believable_story import a_story
from motcua.dossiers.rules.codes import dossier_code
from motcua.packs.queries.packs import Pack
from motcua.payments.operations.seeding import MadeBill, seed_bills

__all__ = ["Place", "name_of", "seed_dossiers"]

BATCH = 10_000
SOURCE = "seed"


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one transaction, as COPY reads them, their bills, and the numbers given out."""

    size: int
    dossiers: list[str]
    transitions: list[str]
    bills: list[MadeBill]
    numbers: Mapping[tuple[str, date], int]


class Numbers:
    """Numbers of the day, continued from those given out before; today's are shared with filing."""

    def __init__(self, today: date) -> None:
        self.today = today
        with connection.cursor() as cursor:
            cursor.execute("SELECT agency, day, last FROM dossiers_daynumber")
            self.last: Counter[tuple[str, date]] = Counter(
                {(agency, day): last for agency, day, last in cursor.fetchall()}
            )
        self.given: dict[tuple[str, date], int] = {}

    def next(self, agency: str, filed_at: datetime) -> str:
        """Return the next code of an agency on the day of filing."""
        key = agency, filed_at.date()
        if key[1] >= self.today:
            return next_code(agency, at=filed_at)
        self.last[key] += 1
        self.given[key] = self.last[key]
        return dossier_code(*key, self.last[key])

    def taken(self) -> Mapping[tuple[str, date], int]:
        """Return the last numbers given out since this was asked before."""
        given, self.given = self.given, {}
        return given


def seed_dossiers(
    count: int,
    *,
    places: Sequence[Place],
    packs: Sequence[tuple[Pack, dict[str, Any]]],
    applicants: int,
    now: datetime,
    progress: Callable[[int], None],
    seed: int = 2026,
    files: Mapping[str, str] | None = None,
) -> None:
    """
    Add ``count`` dossiers of the year before ``now``, each at a place that takes its kind.

    Batch after batch is of later days, so that the numbers of a day rise with the moment of filing.
    The same ones for the same ``seed`` and the same number of dossiers there before, so that a
    call after one that was broken off goes on, and repeats nothing. Each batch is one transaction,
    written by COPY while the next is made up; ``progress`` hears how many are in. They tell
    nobody: no journal rows, no notices. What costs something has its bill.

    :param packs: each with answers, which every dossier made under it gives of its own people; one
        named several times comes up as often
    :param applicants: how many people they belong to
    :param files: ids of files by the names of the papers that they stand for, in every dossier
    """
    maker = Maker(places, packs, applicants, localtime(now), files or {})
    with _writer(aside=count > BATCH) as write:
        waiting: tuple[int, Future[None]] | None = None
        for done in range(0, count, BATCH):
            size = min(BATCH, count - done)
            batch = maker.batch(size, seed, share=(done / count, (done + size) / count))
            if waiting is not None:
                waiting[1].result()
                progress(waiting[0])
            waiting = done + batch.size, write(batch)
        if waiting is not None:
            waiting[1].result()
            progress(waiting[0])


class Maker:
    """Makes dossiers up, batch by batch."""

    def __init__(
        self,
        places: Sequence[Place],
        packs: Sequence[tuple[Pack, dict[str, Any]]],
        applicants: int,
        now: datetime,
        files: Mapping[str, str],
    ) -> None:
        kinds = [Kind.of(pack, answers, on=now.date(), files=files) for pack, answers in packs]
        self.taken = {
            taken: [kind for kind in kinds if taken is None or kind.procedure in taken]
            for taken in {place.procedures for place in places}
        }
        self.places = [place for place in places if self.taken[place.procedures]]
        self.share = list(accumulate(place.weight for place in self.places))
        self.applicants = applicants
        self.now = now
        self.since = now - timedelta(days=365)
        self.numbers = Numbers(now.date())

    def batch(self, size: int, seed: int, *, share: tuple[float, float] = (0, 1)) -> Batch:
        """
        Return the next dossiers with their steps; their keys are reserved for good.

        They have their keys and codes in the order they were filed in.

        :param share: which part of the year they were filed in
        """
        keys = new_keys(Dossier, size)
        rng = Random(f"{seed}:{keys[0]}")  # noqa: S311
        times = self._day_after(share[0]), self._day_after(share[1])
        made = sorted((self.one(rng, times) for _ in keys), key=lambda each: each[2].filed_at)
        dossiers: list[str] = []
        transitions: list[str] = []
        bills: list[MadeBill] = []
        for key, (place, kind, story, answers, words) in zip(keys, made, strict=True):
            code = self.numbers.next(place.agency, story.filed_at)
            sought = sought_by(code, story.applicant_name, words)
            filed = Filed(key, code, SOURCE, place, kind, story, answers, sought)
            dossiers.append(dossier_line(filed))
            transitions += step_lines(filed)
            if story.fee:
                bills.append(bill_of(filed))
        return Batch(size, dossiers, transitions, bills, self.numbers.taken())

    def _day_after(self, share: float) -> datetime:
        """Return the start of the day when a share of the year is over, or one of its ends."""
        moment = self.since + (self.now - self.since) * share
        return moment if share in (0, 1) else moment.replace(hour=0, minute=0, second=0)

    def one(
        self, rng: Random, times: tuple[datetime, datetime]
    ) -> tuple[Place, Kind, Story, str, str]:
        """Return one dossier, with its answers and the words it is found by."""
        place = self.places[bisect(self.share, rng.random() * self.share[-1])]
        kind = rng.choice(self.taken[place.procedures])
        number = applicant_for(kind.answers, int(rng.random() * self.applicants))
        who, since, until = person_of(number), *times
        applicant = f"seed-{number:07d}", who.name
        story = a_story(
            rng, place, kind.matter, applicant=applicant, since=since, until=until, now=self.now
        )
        day = story.filed_at.date()
        return place, kind, story, *kind.answers.filled(rng, who, number, on=day, unit=place.unit)


@contextmanager
def _writer(*, aside: bool) -> Iterator[Callable[[Batch], "Future[None]"]]:
    """Yield what writes a batch: ``aside`` on a connection of its own, while others are made."""

    def now(batch: Batch) -> "Future[None]":
        _write(batch)
        done: Future[None] = Future()
        done.set_result(None)
        return done

    if not aside:
        yield now
        return
    with ThreadPoolExecutor(max_workers=1) as writers:
        try:
            yield lambda batch: writers.submit(_write, batch)
        finally:
            writers.submit(_let_go)


def _let_go() -> None:
    """Close the connection of the thread that asks, which is not the caller's."""
    connection.close()


def _write(batch: Batch) -> None:
    """Write one batch, or nothing of it."""
    with transaction.atomic():
        copy_rows(Dossier, DOSSIER, batch.dossiers)
        copy_rows(Transition, TRANSITION, batch.transitions)
        seed_bills(batch.bills)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO dossiers_daynumber (agency, day, last) VALUES (%s, %s, %s) "
                "ON CONFLICT (agency, day) DO UPDATE "
                "SET last = greatest(dossiers_daynumber.last, EXCLUDED.last)",
                [(agency, day, last) for (agency, day), last in batch.numbers.items()],
            )
