"""Form 06 on a page, with the dossiers behind each figure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import sentence_of
from motcua.kernel.errors import Invalid
from motcua.reporting.queries.form06 import (
    Answer,
    Asked,
    Before,
    Column,
    Figures,
    Form06,
    Kind,
    Period,
    behind,
    form_06,
)
from motcua.reporting.queries.places import READERS
from motcua.reporting.web.asking import (
    address,
    asked_of,
    before_of,
    column_of,
    filters_of,
    mark_of,
    narrowed,
)
from motcua.reporting.web.words import (
    BEHIND_WORDS,
    COLUMN_WORDS,
    GROUPS,
    LEVEL_WORDS,
    NO_OFFICE,
    field_words,
    period_words,
)

PAGE = 50
SHOWN = {Kind.MONTH: 13, Kind.QUARTER: 5, Kind.HALF: 3, Kind.YEAR: 3}
"""How many periods of each kind there are to choose from, back from today."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page draws it: figures with the addresses of what is behind them."""

    name: str
    lang: str
    head: bool
    cells: tuple[tuple[Column, int, str], ...]


@require_safe
@officials_only(*READERS)
@reads_may_lag
def show(request: HttpRequest) -> HttpResponse:
    """Show form 06 of a period: the actor's agency and those below, or what is chosen of them."""
    by, at, today = actor_of(request), now(), localdate()
    try:
        form = form_06(asked_of(filters_of(request), today=today), by=by, at=at)
    except Invalid as refusal:
        facts = _choices(today) | {"problem": sentence_of(refusal), "form": None}
        return render(request, "reporting/form06.html", facts, status=422)
    facts = _choices(today) | {
        "problem": "",
        "form": form,
        "period": period_words(form.asked.period),
        "rows": rows_of(form),
        "agencies": [(x.id, "\u2003" * x.depth + x.name) for x in form.places.all],
        "exports": {x: address(_export(x), form.asked) for x in ("pdf", "xlsx", "csv")},
        "fields": [(field, field_words(field)) for field in form.fields],
    }
    return render(request, "reporting/form06.html", facts)


@require_safe
@officials_only(*READERS)
@reads_may_lag
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers behind one figure, without anything of the people."""
    by, at = actor_of(request), now()
    asked = asked_of(filters_of(request), today=localdate())
    column = column_of(request.GET.get("cot", ""))
    before = before_of(request.GET.get("sau", ""))
    found = behind(asked, column, by=by, at=at, before=before, limit=PAGE + 1)
    shown, base = found.dossiers[:PAGE], reverse("reporting:dossiers")
    last = Before(shown[-1].id, shown[-1].came_at) if len(found.dossiers) > PAGE else None
    facts = {
        "asked": asked,
        "period": period_words(asked.period),
        "column": BEHIND_WORDS[column],
        "field": None if asked.field is None else field_words(asked.field),
        "level": LEVEL_WORDS.get(asked.level, ""),
        "place": found.places.root.name,
        "office": found.office or (_(NO_OFFICE) if asked.office == 0 else ""),
        "official": found.official,
        "dossiers": shown,
        "names": found.names,
        "stands_words": BEHIND_WORDS,
        "of_answers": isinstance(column, Answer),
        "own": by.agency,
        "back": address(reverse("reporting:form06"), replace(asked, office=None, official="")),
        "first": address(base, asked, cot=column) if before else None,
        "next": address(base, asked, cot=column, sau=mark_of(last)) if last else None,
    }
    return render(request, "reporting/dossiers.html", facts)


def rows_of(form: Form06) -> list[Row]:
    """Return the lines of the form as it is drawn: a head a level, its lines, the sum of all."""
    rows = []
    for section in form.sections:
        asked = narrowed(form.asked, section.level, None)
        rows.append(_row(_(LEVEL_WORDS[section.level]), section.total, asked, head=True))
        for line in section.lines:
            asked = narrowed(form.asked, section.level, line.key)
            name = form.places.name_of(line.key) if form.asked.by_agency else field_words(line.key)
            rows.append(_row(name, line.figures, asked, lang="vi" if line.key else ""))
    rows.append(_row(_("Total"), form.total, form.asked, head=True))
    return rows


def _row(name: str, figures: Figures, asked: Asked, *, head: bool = False, lang: str = "") -> Row:
    base = reverse("reporting:dossiers")
    cells = tuple(
        (column, value, address(base, asked, cot=column) if value else "")
        for column, value in zip(COLUMN_WORDS, figures.row, strict=True)
    )
    return Row(name, lang, head, cells)


def _export(ending: str) -> str:
    return reverse("reporting:form06-file", kwargs={"ending": ending})


def _choices(today: date) -> dict[str, Any]:
    return {
        "periods": [(period.code, period_words(period)) for period in _periods(today)],
        "levels": [(level, _(words)) for level, words in LEVEL_WORDS.items()],
        "column_words": COLUMN_WORDS,
        "groups": [
            (COLUMN_WORDS[total], [COLUMN_WORDS[x] for x in each]) for total, each in GROUPS
        ],
    }


def _periods(today: date) -> list[Period]:
    """Return the periods to choose from, the running ones first of each kind."""
    month = Period.month_with(today)
    found = []
    for kind, count in SHOWN.items():
        length = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}[kind]
        place = month.year * (12 // length) + (month.number - 1) // length
        for back in range(count):
            year, number = divmod(place - back, 12 // length)
            found.append(Period.of(kind, year, number + 1))
    return found
