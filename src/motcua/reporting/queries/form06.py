"""Form 06 of Circular 01/2020/TT-VPCP, and the dossiers behind each of its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries.agencies import office
from motcua.catalogue.queries.fields import fields_at
from motcua.dossiers.queries.answered import Answer, answered
from motcua.dossiers.queries.counted import Before, Counted, Narrow, counted, name_of_settler
from motcua.dossiers.queries.milestones import Column, Tally, tallies
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.reporting.queries.places import Places, places_of
from motcua.reporting.rules.form06 import Figures, Part, Section, sections_of, total_of
from motcua.reporting.rules.periods import Kind, NoSuchPeriod, Period

__all__ = [
    "Answer",
    "Asked",
    "Before",
    "Behind",
    "Column",
    "Counted",
    "Figures",
    "Form06",
    "Kind",
    "NoSuchPeriod",
    "NotBegun",
    "Period",
    "behind",
    "form_06",
]


class NotBegun(Invalid):
    code = "reporting.period-not-begun"
    message = N_("This period has not begun yet. Choose one that has.")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a report is about; empty texts leave nothing out.

    :param alone: the agency without those below it
    :param by_agency: a line an agency, not a field
    :param office: in lists, only what came in at this office; 0 is through none
    :param official: in lists, only what this one settled
    """

    period: Period
    agency: str = ""
    alone: bool = False
    level: str = ""
    field: str | None = None
    by_agency: bool = False
    office: int | None = None
    official: str = ""


@dataclass(frozen=True, slots=True)
class Form06:
    """The form as known at ``until``: the period's end, or the moment asked while it runs."""

    asked: Asked
    places: Places
    until: datetime
    fields: tuple[str, ...]
    sections: tuple[Section, ...]
    total: Figures

    @property
    def runs(self) -> bool:
        """Tell whether the period is not over, so that its figures still change."""
        return self.until < self.asked.period.until


@dataclass(frozen=True, slots=True)
class Behind:
    """
    A page of the dossiers behind a figure; ``names`` are those of their agencies.

    ``official`` and ``office`` name whom and which place was asked for, where something is found.
    """

    places: Places
    dossiers: tuple[Counted, ...]
    names: dict[str, str]
    official: str
    office: str


def form_06(asked: Asked, *, by: Actor, at: datetime) -> Form06:
    """
    Return form 06 for a period, as known at its end; three statements.

    :raises NotYourReport: if the actor may not read reports of that agency
    :raises NotBegun: if the period lies ahead
    """
    places = places_of(asked.agency, alone=asked.alone, level=asked.level, by=by)
    until = _until(asked.period, at)
    parts = _parts(places, asked.period.since, until)
    fields = tuple(sorted({part.field for part in parts}))
    if asked.field is not None:
        parts = [part for part in parts if part.field == asked.field]
    return Form06(
        asked=asked,
        places=places,
        until=until,
        fields=fields,
        sections=sections_of(parts, by_agency=asked.by_agency),
        total=total_of(part.figures for part in parts),
    )


def behind(
    asked: Asked,
    column: Column | Answer,
    *,
    by: Actor,
    at: datetime,
    before: Before | None = None,
    limit: int,
) -> Behind:
    """
    Return the dossiers behind one figure, newest first; at most six statements.

    They say nothing of the people: who opens one is recorded then.

    :raises NotYourReport: if the actor may not read reports of that agency
    :raises NotBegun: if the period lies ahead
    """
    places = places_of(asked.agency, alone=asked.alone, level=asked.level, by=by)
    found = _found(asked, column, places, at, before, limit)
    return Behind(
        places,
        found,
        {each.id: each.name for each in places.chosen},
        official=name_of_settler(found[0].id, asked.official) if found and asked.official else "",
        office=office(asked.office).name if found and asked.office else "",
    )


def _found(
    asked: Asked,
    column: Column | Answer,
    places: Places,
    at: datetime,
    before: Before | None,
    limit: int,
) -> tuple[Counted, ...]:
    since, until = asked.period.since, _until(asked.period, at)
    procedures = None
    if asked.field is not None:
        parts = _parts(places, since, until)
        procedures = {part.procedure for part in parts if part.field == asked.field}
    agencies = [each.id for each in places.chosen]
    if isinstance(column, Answer):
        return answered(
            agencies,
            column,
            since=since,
            until=until,
            at=at,
            procedures=procedures,
            before=before,
            limit=limit,
        )
    return counted(
        agencies,
        column,
        since=since,
        until=until,
        narrow=Narrow(procedures, asked.office, asked.official),
        before=before,
        limit=limit,
    )


def _until(period: Period, at: datetime) -> datetime:
    if period.since >= at:
        raise NotBegun
    return min(period.until, at)


def _parts(places: Places, since: datetime, until: datetime) -> list[Part]:
    found = tallies([each.id for each in places.chosen], since=since, until=until)
    levels = {each.id: each.level for each in places.chosen}
    fields = fields_at(sorted({tally.procedure for tally in found}), at=until)
    return list(_of_tallies(found, levels, fields))


def _of_tallies(
    found: Iterable[Tally], levels: dict[str, str], fields: dict[str, str]
) -> Iterable[Part]:
    for each in found:
        figures = Figures(
            online=each.online,
            direct=each.direct,
            carried=each.carried,
            early=each.early,
            on_time=each.on_time,
            late=each.late,
            within=each.within,
            overdue=each.overdue,
        )
        field = fields.get(each.procedure, "")
        yield Part(each.agency, levels[each.agency], field, each.procedure, figures)
