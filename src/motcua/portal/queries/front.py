"""What the first page and the page of life events show, from the rooms that know it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.timezone import localdate

from motcua.catalogue.queries.procedures import Hit, LifeEvent, life_events, most_used, procedures
from motcua.kernel.scope import public
from motcua.reporting.queries.public import PublicFigures, public_figures

MOST_USED = 6
FRESH = 300
"""Seconds for which a count is shown before it is made again."""
KEY = "portal.front"


@dataclass(frozen=True, slots=True)
class Front:
    """What is asked for most, and how dossiers were settled in the last twelve months."""

    most_used: tuple[Hit, ...]
    served: PublicFigures


@dataclass(frozen=True, slots=True)
class EventWithProcedures:
    """A life event and its procedures that the catalogue holds, in the order of need."""

    event: LifeEvent
    procedures: tuple[Hit, ...]


@public
def front(*, at: datetime) -> Front:
    """Return what the first page shows: two statements in five minutes and process."""
    known: Front | None = cache.get(KEY)
    if known is None:
        known = Front(
            most_used=most_used(MOST_USED, on=localdate(at)), served=public_figures(localdate(at))
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
