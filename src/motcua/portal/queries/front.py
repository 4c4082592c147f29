"""What the first page and the page of life events show, from the rooms that know it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.timezone import localdate

from motcua.catalogue.queries.procedures import Hit, LifeEvent, life_events, most_used, procedures
from motcua.dossiers.queries.figures import Served, served, served_by_month
from motcua.kernel.scope import public

PERIOD = timedelta(days=30)
MOST_USED = 6
FRESH = 300
"""Seconds for which a count is shown before it is made again."""
KEY = "portal.front"


@dataclass(frozen=True, slots=True)
class Front:
    """What is asked for most, and how dossiers were settled lately, as known at ``until``."""

    until: datetime
    most_used: tuple[Hit, ...]
    served: Served
    months: tuple[Served, ...]

    @property
    def course(self) -> tuple[float, ...]:
        """The share settled on time, month by month, where something was settled."""
        return tuple(m.share_on_time for m in self.months if m.share_on_time is not None)


@dataclass(frozen=True, slots=True)
class EventWithProcedures:
    """A life event and its procedures that the catalogue holds, in the order of need."""

    event: LifeEvent
    procedures: tuple[Hit, ...]


@public
def front(*, at: datetime) -> Front:
    """Return what the first page shows: three statements in five minutes and process."""
    known: Front | None = cache.get(KEY)
    if known is None:
        known = Front(
            until=at,
            most_used=most_used(MOST_USED, on=localdate(at)),
            served=served(since=at - PERIOD, until=at),
            months=served_by_month(until=at),
        )
        cache.set(KEY, known, FRESH)
    return known


@public
def main_events() -> tuple[LifeEvent, ...]:
    """Return the events most people come for; no statement."""
    return tuple(event for event in life_events() if event.main)


@public
def events_with_procedures(*, at: datetime) -> tuple[EventWithProcedures, ...]:
    """Return every life event with its procedures, in one statement."""
    codes = dict.fromkeys(code for event in life_events() for code in event.codes)
    known = {hit.code: hit for hit in procedures(list(codes), on=localdate(at))}
    return tuple(
        EventWithProcedures(event, tuple(known[code] for code in event.codes if code in known))
        for event in life_events()
    )
