"""Reports for machines."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import localtime, now
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.problems import PROBLEMS
from motcua.reporting.queries.form06 import Asked, Figures, Form06, NoSuchPeriod, Period, form_06

router = Router(tags=["reports"])


class FiguresOut(Schema):
    """Dossiers: received = online + direct + carried; settled = early + on_time + late."""

    received: int
    online: int
    direct: int
    carried: int
    settled: int
    early: int
    on_time: int
    late: int
    pending: int
    within: int
    overdue: int


class LineOut(Schema):
    """One line: a field by its name, or an agency by its id."""

    key: str
    figures: FiguresOut


class SectionOut(Schema):
    """The lines of one level, and their sum."""

    level: str
    lines: list[LineOut]
    total: FiguresOut


class FormOut(Schema):
    """Form 06 as known at ``until``: the end of the period, or now while it runs."""

    agency: str
    first: date
    last: date
    until: datetime
    sections: list[SectionOut]
    total: FiguresOut


Code = Annotated[str, Field(max_length=10, examples=["2026-M11", "2026-Q4", "2026-H2", "2026"])]
Level = Annotated[str, Field(max_length=20)]
Named = Annotated[str, Field(max_length=200)]
Agency = Annotated[str, Field(max_length=40)]


class AskedFor(Schema):
    """
    Which form: a ``period`` by its code, or by its first and last day.

    With ``field`` only procedures of that field; an empty one is that of procedures which the
    catalogue does not know.
    """

    period: Code = ""
    first: date | None = None
    last: date | None = None
    agency: Agency = ""
    level: Level = ""
    field: Named | None = None
    alone: bool = False
    by_agency: bool = False


@router.get("/reports/form-06", response={200: FormOut, **PROBLEMS}, summary="Form 06")
def form06(request: HttpRequest, given: Query[AskedFor]) -> FormOut:
    """Count dossiers of an agency and those below it in a period, as known at its end."""
    asked = Asked(
        period=_period(given.period, given.first, given.last),
        agency=given.agency,
        alone=given.alone,
        level=given.level,
        field=given.field,
        by_agency=given.by_agency,
    )
    return _out(form_06(asked, by=actor_of(request), at=now()))


def _period(code: str, first: date | None, last: date | None) -> Period:
    if code:
        return Period.named(code)
    if first is None or last is None:
        raise NoSuchPeriod
    return Period.between(first, last)


def _out(form: Form06) -> FormOut:
    sections = [
        SectionOut(
            level=section.level,
            lines=[LineOut(key=x.key, figures=_figures(x.figures)) for x in section.lines],
            total=_figures(section.total),
        )
        for section in form.sections
    ]
    return FormOut(
        agency=form.places.root.id,
        first=form.asked.period.first,
        last=form.asked.period.last,
        until=localtime(form.until),
        sections=sections,
        total=_figures(form.total),
    )


def _figures(figures: Figures) -> FiguresOut:
    return FiguresOut(**dict(zip(FiguresOut.model_fields, figures.row, strict=True)))
