"""An agency's load: what is due when, who has how much, where it stands, how it was settled."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import agency
from motcua.agencies.queries.calendars import calendar_of_known
from motcua.catalogue.queries.fields import fields_at
from motcua.dossiers.queries.answered import Answer, Answers, answers
from motcua.dossiers.queries.load import (
    WORK_WORDS,
    InHand,
    Stretch,
    Work,
    due_by_day,
    flow_by_day,
    in_hand,
    standing,
    stretches,
)
from motcua.dossiers.queries.settled import SettledThere, Timing, settled_there
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import ZONE, WorkingCalendar
from motcua.reporting.queries.places import READERS, NotYourReport
from motcua.reporting.rules.periods import first_moment
from motcua.reporting.rules.served import Served
from motcua.reporting.rules.working import WorkClock, share_within

__all__ = [
    "BACK",
    "WORK_WORDS",
    "Answer",
    "Bottleneck",
    "Day",
    "InHand",
    "Load",
    "Named",
    "Person",
    "Served",
    "Work",
    "load",
]

AHEAD = 15
"""Working days ahead for which the due dossiers are counted."""
BACK = timedelta(days=28)
SAMPLE = 2_000
"""At most so many dossiers settled lately are looked into, the latest."""


@dataclass(frozen=True, slots=True)
class Day:
    """A working day: dossiers due on it; before today, what came in and was settled."""

    day: date
    due: int = 0
    received: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """What an official has in hand, settled in the last seven days, and usually needs for it."""

    hand: InHand
    settled: int
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A work: what waits for it, beyond its limit, and the working time it took lately."""

    work: Work
    open: int
    beyond: int
    done: int
    median: timedelta | None
    ninety: timedelta | None


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """An office or an official by name and key; no office is 0 and without a name."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Load:
    """
    The pictures of one agency, or with ``own`` of one official there, whose id it is.

    ``answers`` is how what came in online was answered; the agency's alone.
    """

    name: str
    own: str
    sampled: int
    nominal_day: timedelta
    ahead: tuple[Day, ...]
    back: tuple[Day, ...]
    answers: Answers | None
    people: tuple[Person, ...]
    bottlenecks: tuple[Bottleneck, ...]
    by_field: tuple[tuple[str, Served], ...]
    by_office: tuple[tuple[Named, Served], ...]
    by_person: tuple[tuple[Named, Served], ...]


def load(*, by: Actor, at: datetime, own: bool = False) -> Load:
    """
    Return the load of the actor's agency, ten statements; who reads no reports sees their own.

    :param own: only what the actor has in hand and settled
    :raises NotYourReport: if the actor is no official
    """
    if by.agency is None:
        raise NotYourReport
    own = own or not by.serves(by.agency, *READERS)
    place = agency(by.agency)
    calendar, holder, since = calendar_of_known(place), by.id if own else "", first_moment(at, BACK)
    week = at - timedelta(days=7)
    settled = settled_there(place.id, since=since, lately=week, at=at)
    worked = stretches(place.id, since=since, most=SAMPLE)
    if own:
        settled = tuple(each for each in settled if each.by == by.id)
        worked = tuple(each for each in worked if each.by == by.id)
    times = _times(worked, calendar)
    names = {each.by: each.by_name for each in settled}
    fields = fields_at(sorted({each.procedure for each in settled}), at=at)
    return Load(
        name=place.name,
        own=holder,
        sampled=min(SAMPLE, sum(each.count for each in settled)),
        nominal_day=calendar.nominal_day,
        ahead=_ahead(place.id, calendar, holder, at),
        back=() if own else _back(place.id, calendar, at),
        answers=None if own else answers(place.id, since=since, at=at),
        people=_people(in_hand(place.id, at=at, holder=holder), settled, worked, times),
        bottlenecks=_bottlenecks(place.id, holder, worked, times, at),
        by_field=_served(settled, lambda each: fields.get(each.procedure, "")),
        by_office=_served(settled, lambda each: Named(each.office_name, str(each.office))),
        by_person=_served(
            (each for each in settled if each.by), lambda each: Named(names[each.by], each.by)
        ),
    )


def _ahead(place: str, calendar: WorkingCalendar, holder: str, at: datetime) -> tuple[Day, ...]:
    days = _working_days(calendar, localtime(at).date(), timedelta(days=1))
    due = due_by_day(place, since=days[0], until=days[-1], at=at, holder=holder)
    return tuple(Day(day, due=due.get(day, 0)) for day in days)


def _back(place: str, calendar: WorkingCalendar, at: datetime) -> tuple[Day, ...]:
    days = _working_days(calendar, localtime(at).date(), timedelta(days=-1))[::-1]
    since = datetime.combine(days[0], time.min, ZONE)
    flow = {each.day: each for each in flow_by_day(place, since=since)}
    return tuple(
        Day(day, received=flow[day].received, settled=flow[day].settled)
        if day in flow
        else Day(day)
        for day in sorted({*days, *flow})
    )


def _working_days(calendar: WorkingCalendar, day: date, step: timedelta) -> list[date]:
    days: list[date] = []
    while len(days) < AHEAD:
        if calendar.works_on(day):
            days.append(day)
        day += step
    return days


def _times(worked: tuple[Stretch, ...], calendar: WorkingCalendar) -> list[timedelta]:
    if not worked:
        return []
    first = min(each.since for each in worked)
    clock = WorkClock(calendar, first, max(each.until for each in worked))
    return [clock.between(each.since, each.until) for each in worked]


def _people(
    hands: tuple[InHand, ...],
    settled: tuple[SettledThere, ...],
    worked: tuple[Stretch, ...],
    times: list[timedelta],
) -> tuple[Person, ...]:
    """Return who has something in hand or ended some work lately."""
    names = {each.by: each.by_name for each in worked}
    took: dict[str, list[timedelta]] = defaultdict(list)
    for each, span in zip(worked, times, strict=True):
        took[each.by].append(span)
    known = {hand.holder for hand in hands}
    idle = [InHand(who, names[who], 0, 0, 0) for who in sorted(took) if who not in known]
    done: dict[str, int] = defaultdict(int)
    for one in settled:
        done[one.by] += one.lately
    return tuple(
        Person(hand, done[hand.holder], _middle(took.get(hand.holder, [])))
        for hand in (*hands, *idle)
    )


def _bottlenecks(
    place: str, holder: str, worked: tuple[Stretch, ...], times: list[timedelta], at: datetime
) -> tuple[Bottleneck, ...]:
    took: dict[Work, list[timedelta]] = defaultdict(list)
    for each, span in zip(worked, times, strict=True):
        took[each.work].append(span)
    return tuple(
        Bottleneck(
            now.work,
            now.open,
            now.beyond,
            len(took[now.work]),
            _middle(took[now.work]),
            share_within(took[now.work], 0.9) if took[now.work] else None,
        )
        for now in standing(place, at=at, holder=holder)
    )


def _middle(times: list[timedelta]) -> timedelta | None:
    return share_within(times, 0.5) if times else None


Key = TypeVar("Key", str, Named)


def _served(
    settled: Iterable[SettledThere], key: Callable[[SettledThere], Key]
) -> tuple[tuple[Key, Served], ...]:
    found: dict[Key, Served] = defaultdict(Served)
    for each in settled:
        found[key(each)] += _alike(each.timing, each.count)
    return tuple(sorted(found.items(), key=lambda one: (-one[1].settled, one[0])))


def _alike(timing: Timing, count: int) -> Served:
    """Return so many dossiers that were all settled early, on time or late."""
    if timing is Timing.LATE:
        return Served(late=count)
    return Served(early=count) if timing is Timing.EARLY else Served(on_time=count)
