"""
What is seen of a form with given answers: one pass in order, fields, rows and computed values.

An expression asks about earlier fields only (checked when a pack is loaded), so one pass is enough
and there can be no cycle. What is not shown counts as not answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.forms.rules.compiling import Asked, Page, compiled_form, ids_of
from motcua.forms.rules.definition import Answers, Field, Form, Kind, Step
from motcua.forms.rules.values import MOST_ROWS, as_json, fits, is_empty, meant_in, printable

_MOST_UNKNOWN = 50


@dataclass(frozen=True, slots=True)
class ShownRow:
    """
    A row of a table or group, with the columns that it shows.

    ``number`` is its place in the answers as given (from 0), ``answers`` those of the shown
    columns, computed ones among them. A ``blank`` row has no answer: it is not asked anything and
    is not filed. (Neither is one that holds only what is no answer at all, but that is named.)
    """

    number: int
    columns: tuple["Shown", ...]
    answers: Mapping[str, Any]
    blank: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A field that these answers lead to, whether it must be answered, and its rows."""

    field: Field
    required: bool
    asked: Asked
    rows: tuple[ShownRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """
    A form as these answers show it.

    ``answers`` are those of the shown fields: empty ones left out, computed ones made, blank rows
    dropped. ``pages`` are the pages shown, in order. ``unfit`` names the places that hold
    what is no answer at all and why (``type``, ``maxItems``); ``unknown`` those nobody asks.
    """

    on: date
    answers: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, tuple[Shown, ...]] = field(default_factory=dict)
    compiled: dict[str, Page] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def holds(self, asked: Any, row: Mapping[str, Any] | None) -> bool:
        """Tell whether an expression is true now; no expression is, a plain truth is itself."""
        if asked is None or asked is True or asked is False:
            return asked is not False
        return bool(asked.holds(self.answers, today=self.on, row=row))


def look(form: Form, answers: Answers, *, on: date) -> Sight:
    """
    Return what ``answers`` show of ``form``.

    :param on: the day that expressions call ``today``
    """
    sight = Sight(on)
    for page in compiled_form(form):
        if sight.holds(page.show, None):
            sight.compiled[page.step.id] = page
            sight.pages[page.step.id] = tuple(
                _shown(asked, answers, sight)
                for asked in page.fields
                if asked.show is None or sight.holds(asked.show, None)
            )
    for name in sorted(answers.keys() - ids_of(form))[:_MOST_UNKNOWN]:
        sight.unknown.append(printable(name))
    return sight


def _shown(asked: Asked, answers: Answers, sight: Sight) -> Shown:
    name = asked.field.id
    required = sight.holds(asked.required, None)
    if asked.columns:
        rows, kept = _rows(asked, answers.get(name), sight)
        if kept:
            sight.answers[name] = kept
        return Shown(asked.field, required, asked, rows)
    _take(asked, answers, sight, sight.answers, "", None)
    return Shown(asked.field, required, asked)


def _take(
    asked: Asked,
    answers: Mapping[str, Any],
    sight: Sight,
    into: dict[str, Any],
    before: str,
    row: Mapping[str, Any] | None,
) -> bool:
    """Take one answer over where it is one, or name it; return whether something was given."""
    name = asked.field.id
    if asked.value is not None:
        made = as_json(asked.value.value(sight.answers, today=sight.on, row=row))
        if made is not None:
            into[name] = made
        return False
    value = answers.get(name)
    if (not value and is_empty(value)) or asked.field.kind is Kind.NOTE:
        return False
    if not fits(value):
        sight.unfit[before + name] = "type"
        return True
    value = _of_its_parts(asked, meant_in(value), sight, before + name)
    if is_empty(value):
        return False
    into[name] = value
    return True


def _of_its_parts(asked: Asked, value: Any, sight: Sight, at: str) -> Any:
    """Return what a block's answer says of its own parts; name the others."""
    if asked.parts is None or not isinstance(value, dict):
        return value
    for part in sorted(value.keys() - asked.parts)[:_MOST_UNKNOWN]:
        sight.unknown.append(printable(f"{at}.{part}"))
    return {p: each for p, each in value.items() if p in asked.parts and not is_empty(each)}


def _rows(
    asked: Asked, given: Any, sight: Sight
) -> tuple[tuple[ShownRow, ...], list[dict[str, Any]]]:
    if is_empty(given):
        return (), []
    name = asked.field.id
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        sight.unfit[name] = "maxItems" if isinstance(given, list) else "type"
        return (), []
    rows = tuple(_row(asked, number, each, sight) for number, each in enumerate(given))
    return rows, [dict(row.answers) for row in rows if row.answers]


def _row(asked: Asked, number: int, given: Any, sight: Sight) -> ShownRow:
    before = f"{asked.field.id}.{number}"
    if not isinstance(given, dict) and not is_empty(given):
        sight.unfit[before] = "type"
    cells: Mapping[str, Any] = given if isinstance(given, dict) else {}
    row: dict[str, Any] = {}
    shown, answered = [], False
    for column in asked.columns:
        if column.show is None or sight.holds(column.show, row):
            required = column.required
            if not isinstance(required, bool):
                required = sight.holds(required, row)
            shown.append(Shown(column.field, required, column))
            answered |= _take(column, cells, sight, row, f"{before}.", row)
    if not cells.keys() <= asked.ids:
        for name in sorted(cells.keys() - asked.ids)[:_MOST_UNKNOWN]:
            sight.unknown.append(printable(f"{before}.{name}"))
    usable = not row.keys() <= asked.made
    return ShownRow(number, tuple(shown), row if usable else {}, not answered)


def seen(form: Form, answers: Answers, *, on: date) -> dict[str, Any]:
    """Return the answers of the fields that are shown, and only those, with computed ones made."""
    return look(form, answers, on=on).answers


def computed(form: Form, answers: Answers, *, on: date) -> dict[str, Any]:
    """Return the computed values by place (``total``, ``goods.0.price``); empty ones left out."""
    sight = look(form, answers, on=on)
    found: dict[str, Any] = {}
    for fields in sight.pages.values():
        for shown in fields:
            if shown.asked.value is not None and shown.field.id in sight.answers:
                found[shown.field.id] = sight.answers[shown.field.id]
            for row in shown.rows:
                found |= {
                    f"{shown.field.id}.{row.number}.{column.field.id}": row.answers[column.field.id]
                    for column in row.columns
                    if column.asked.value is not None and column.field.id in row.answers
                }
    return found


def visible_steps(form: Form, answers: Answers, *, on: date) -> tuple[Step, ...]:
    """Return the pages to go through with these answers."""
    return tuple(page.step for page in look(form, answers, on=on).compiled.values())


def visible_fields(form: Form, step: str, answers: Answers, *, on: date) -> tuple[Field, ...]:
    """Return the fields of page ``step`` to be shown with these answers; none of a hidden page."""
    return tuple(shown.field for shown in look(form, answers, on=on).pages.get(step, ()))
