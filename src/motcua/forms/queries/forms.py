"""
A form as people meet it: its pages, its problems in sentences, its answers in words.

The names of provinces and communes are those of the day in question. They are reference data that
changes with a law, so lists already read are kept in the process.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings

from motcua.agencies.queries.units import NoSuchUnit, unit_at, units_in
from motcua.backbone.remembered import Remembered
from motcua.forms.queries.sentences import problem_text, problem_texts
from motcua.forms.rules.cleaning import ADD, REMOVE, RESERVED, SHOWN, clean, rows_changed, was_asked
from motcua.forms.rules.definition import Answers, Field, Form, Kind, Step, Words
from motcua.forms.rules.drawn import NOTHING_BESIDE, Beside, FieldView, FileView, Said
from motcua.forms.rules.exporting import drawing_of, is_drawn
from motcua.forms.rules.finding import words_found_by
from motcua.forms.rules.findings import (
    Prefill,
    Problem,
    SummaryLine,
    SummarySection,
    SummaryTable,
)
from motcua.forms.rules.prefilling import prefilled
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue, UnitNames
from motcua.forms.rules.schema import answers_schema, parts_of
from motcua.forms.rules.scopes import scope_of
from motcua.forms.rules.showing import (
    Shown,
    computed,
    look,
    seen,
    visible_fields,
    visible_steps,
)
from motcua.forms.rules.summary import named_units, sections_of, values_for_result
from motcua.forms.rules.view import StepView, picked_of, view_of
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_

__all__ = [
    "ADD",
    "REMOVE",
    "RESERVED",
    "SHOWN",
    "Answers",
    "Beside",
    "Field",
    "FieldView",
    "FileView",
    "Form",
    "Kind",
    "NoSuchStep",
    "Prefill",
    "Problem",
    "StepView",
    "SummaryLine",
    "SummarySection",
    "SummaryTable",
    "Words",
    "answers_schema",
    "clean",
    "computed",
    "drawing_of",
    "fields_view",
    "files_in",
    "is_drawn",
    "misplaced",
    "parts_of",
    "prefilled",
    "problem_text",
    "problem_texts",
    "problems_in",
    "result_values",
    "rows_changed",
    "scope_of",
    "seen",
    "step_view",
    "summary_of",
    "visible_fields",
    "visible_steps",
    "was_asked",
    "words_found_by",
]

OF_ANOTHER_PROVINCE = N_("Choose {label}: the one chosen lies in another province")


class NoSuchStep(NotFound):
    """The form has no such page, or these answers do not lead there."""

    code = "forms.no-such-step"
    message = N_("The form has no such page now. Go back and answer the questions before it.")


_kept_choices = Remembered[tuple[str, str | None, date], tuple[tuple[str, str], ...]](300, most=256)
_kept_names = Remembered[tuple[str, str, date], str](300, most=4096)


@public
def summary_of(
    form: Form,
    answers: Answers,
    language: str,
    *,
    on: date,
    files: Mapping[str, str] | None = None,
) -> tuple[SummarySection, ...]:
    """
    Return the answers in words, page by page; units have the names they had ``on`` that day.

    :param files: the names of files by id; without them files are counted
    """
    tongue = Tongue(language, _names_in(form, answers, on), files or {})
    return sections_of(form, answers, tongue, on=on)


@public
def result_values(form: Form, answers: Answers, language: str, *, on: date) -> dict[str, Any]:
    """Return what the pack's result template reads as ``values``: answers in words by field id."""
    return values_for_result(form, answers, Tongue(language, _names_in(form, answers, on)), on=on)


@public
def step_view(
    form: Form,
    step: str,
    answers: Answers,
    problems: Sequence[Problem],
    language: str,
    *,
    on: date,
    sources: Mapping[str, str] | None = None,
    beside: Beside = NOTHING_BESIDE,
) -> StepView:
    """
    Return one page of the form, ready to be drawn.

    :param problems: of this page; none when it is opened for the first time
    :param sources: where values that were filled in come from, in words, by field id
    :param beside: the files that answers hold, and what was just done to rows
    :raises NoSuchStep: if the form has no such page with these answers
    """
    page = _page(form, step, answers, on)
    said = _said(form, problems, language, sources or {}, beside)
    return view_of(form, page, answers, said, partial(_units, on=on), on=on)


@public
def fields_view(
    form: Form,
    names: Collection[str],
    answers: Answers,
    problems: Sequence[Problem],
    language: str,
    *,
    on: date,
    beside: Beside = NOTHING_BESIDE,
) -> StepView:
    """Return a page of only the fields ``names``, from whatever pages that are shown."""
    said = _said(form, problems, language, {}, beside)
    return picked_of(form, names, answers, said, partial(_units, on=on), on=on)


def _said(
    form: Form,
    problems: Sequence[Problem],
    language: str,
    sources: Mapping[str, str],
    beside: Beside,
) -> Said:
    first = {problem.field: problem for problem in reversed(problems)}
    shown = [each for each in problems if first[each.field] is each]
    texts = {
        each.field: text
        for each, text in zip(shown, problem_texts(form, shown, language), strict=True)
    }
    return Said(language, texts, sources, beside, map_address=settings.MAP_ADDRESS)


def _units(level: str, parent: str | None, *, on: date) -> tuple[tuple[str, str], ...]:
    return () if level == "commune" and not parent else _choices(level, parent, on)


@public
def files_in(form: Form, answers: Answers) -> dict[str, list[str]]:
    """Return the ids of the files that answers hold, by field."""
    return {
        field.id: [file for file in given if isinstance(file, str)]
        for field in form.fields
        if field.kind is Kind.FILES and isinstance(given := answers.get(field.id), list)
    }


@public
def misplaced(
    form: Form, answers: Answers, step: str | None = None, *, on: date
) -> tuple[Problem, ...]:
    """Return the addresses whose commune does not lie in their province that day."""
    sight = look(form, answers, on=on)
    return tuple(
        Problem(f"{at}.commune", OF_ANOTHER_PROVINCE)
        for page, fields in sight.pages.items()
        if step in (None, page)
        for shown in fields
        for at, field, value in _cells(shown, sight.answers)
        if field.kind is Kind.ADDRESS and _is_misplaced(value, on)
    )


def _cells(shown: Shown, answers: Answers) -> Iterator[tuple[str, Field, Any]]:
    """Yield the field, or the columns of its rows, with place and answer."""
    name = shown.field.id
    yield name, shown.field, answers.get(name)
    for row in shown.rows:
        for column in row.columns:
            at = f"{name}.{row.number}.{column.field.id}"
            yield at, column.field, row.answers.get(column.field.id)


def _is_misplaced(address: Any, on: date) -> bool:
    if not isinstance(address, Mapping):
        return False
    province, commune = address.get("province"), address.get("commune")
    if not isinstance(province, str) or not isinstance(commune, str):
        return False
    return commune not in {code for code, _name in _choices("commune", province, on)}


def _page(form: Form, step: str, answers: Answers, on: date) -> Step:
    for page in visible_steps(form, answers, on=on):
        if page.id == step:
            return page
    raise NoSuchStep(step=step)


def _choices(level: str, parent: str | None, on: date) -> tuple[tuple[str, str], ...]:
    def read() -> tuple[tuple[str, str], ...] | None:
        units = units_in(parent, level=level, on=on)
        return tuple((unit.code, unit.name) for unit in units) or None

    return _kept_choices.get((level, parent, on), read) or ()


def _name(level: str, code: str, on: date) -> str:
    try:
        kept = _kept_names.get((level, code, on), lambda: unit_at(code, level=level, on=on).name)
    except NoSuchUnit:
        return code
    return kept or code


def _names_in(form: Form, answers: Answers, on: date) -> UnitNames:
    return {(level, code): _name(level, code, on) for level, code in named_units(form, answers)}
