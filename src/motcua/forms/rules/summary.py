"""Answers as people read them: for checking before filing, for the desk and for the result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.forms.rules.definition import Answers, Field, Form, Kind
from motcua.forms.rules.findings import SummaryLine, SummarySection, SummaryTable
from motcua.forms.rules.saying import Tongue, shown_parts, shown_value
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.showing import Shown, Sight, look
from motcua.forms.rules.words import begun, row_label


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one row: label and value of a column."""

    id: str
    label: str
    value: str


def named_units(form: Form, answers: Answers) -> frozenset[tuple[str, str]]:
    """Return the units that answers name, as (level, code), so that their names can be fetched."""
    found: set[tuple[str, str]] = set()
    for field in form.fields:
        value = answers.get(field.id)
        if field.kind is Kind.ADDRESS:
            found.update(_units(value))
        elif field.rows is not None and isinstance(value, list):
            places = [c.id for c in field.rows.columns if c.kind is Kind.ADDRESS]
            rows = [row for row in value if places and isinstance(row, Mapping)]
            found.update(unit for row in rows for name in places for unit in _units(row.get(name)))
    return frozenset(found)


def _units(address: Any) -> Iterator[tuple[str, str]]:
    if isinstance(address, Mapping):
        for level in ("province", "commune"):
            if isinstance(code := address.get(level), str) and len(code) < 10:
                yield level, code


def sections_of(
    form: Form, answers: Answers, tongue: Tongue, *, on: date
) -> tuple[SummarySection, ...]:
    """Return the answers page by page, with every question that was shown."""
    sight = look(form, answers, on=on)
    return tuple(
        SummarySection(
            step,
            sight.compiled[step].step.title[tongue.language],
            tuple(
                _line(shown, sight, step, tongue)
                for shown in fields
                if shown.field.kind is not Kind.NOTE
            ),
        )
        for step, fields in sight.pages.items()
    )


def _line(shown: Shown, sight: Sight, step: str, tongue: Tongue) -> SummaryLine:
    field = shown.field
    value = sight.answers.get(field.id)
    line = SummaryLine(field.id, field.label[tongue.language], "", step)
    if field.rows is not None:
        rows = [*rows_said(shown, tongue)]
        table = _table(shown, begun(field.rows.name)[tongue.language], rows)
        return replace(line, value=_told(field, rows, tongue), table=table)
    line = replace(line, value=shown_value(field, value, tongue))
    if field.kind is Kind.FILES and isinstance(value, list):
        return replace(line, files=tuple(each for each in value if isinstance(each, str)))
    if field.kind is Kind.SIGNATURE and isinstance(value, dict):
        strokes = value.get("strokes", "")
        return replace(line, strokes=strokes if isinstance(strokes, str) else "")
    if field.kind is Kind.POINT and isinstance(value, dict):
        return replace(line, point=_point(value))
    return line


def _point(value: Mapping[str, Any]) -> tuple[float, float] | None:
    lat, lng = value.get("lat"), value.get("lng")
    if isinstance(lat, (int, float)) and isinstance(lng, (int, float)):
        return float(lat), float(lng)
    return None


def rows_said(shown: Shown, tongue: Tongue) -> Iterator[tuple[Cell, ...]]:
    """Yield, for each row that has answers, the columns it shows in words."""
    for row in shown.rows:
        if row.answers:
            yield tuple(
                Cell(
                    column.field.id,
                    column.field.label[tongue.language],
                    shown_value(column.field, row.answers.get(column.field.id), tongue),
                )
                for column in row.columns
                if column.field.kind is not Kind.NOTE
            )


def _table(shown: Shown, name: str, rows: list[tuple[Cell, ...]]) -> SummaryTable:
    labels = {cell.id: cell.label for row in rows for cell in row}
    columns = [each.field.id for each in shown.asked.columns if each.field.id in labels]
    said = [{cell.id: cell.value for cell in row} for row in rows]
    return SummaryTable(
        name,
        tuple(labels[each] for each in columns),
        tuple(tuple(row.get(each, "") for each in columns) for row in said),
    )


def _told(field: Field, rows: list[tuple[Cell, ...]], tongue: Tongue) -> str:
    """Return rows as lines of text: ``Child 1: Name: An; Born: 01/02/2020``."""
    assert field.rows is not None
    name = field.rows.name
    return "\n".join(
        f"{row_label(name, number)[tongue.language]}: "
        + "; ".join(f"{c.label}: {c.value.replace(chr(10), ', ')}" for c in row if c.value)
        for number, row in enumerate(rows)
    )


def values_for_result(form: Form, answers: Answers, tongue: Tongue, *, on: date) -> dict[str, Any]:
    """
    Return what a result template reads: by field id the answer in words.

    A block is a mapping of its parts in words and ``text``, the whole; a table or group a list of
    mappings, row by row. Every field of the form is there; one not answered is an empty text (or
    an empty list), so templates need not ask.
    """
    known = look(form, answers, on=on).answers
    return {
        field.id: [
            {c.id: _value(c, row.get(c.id), tongue) for c in columns if c.kind is not Kind.NOTE}
            for row in known.get(field.id, ())
        ]
        if (columns := field.rows.columns if field.rows else ())
        else _value(field, known.get(field.id), tongue)
        for field in form.fields
        if field.kind is not Kind.NOTE
    }


def _value(field: Field, value: Any, tongue: Tongue) -> Any:
    if field.kind not in PARTS:
        return shown_value(field, value, tongue)
    given = value if isinstance(value, Mapping) else {}
    shown = shown_parts(field, given, tongue)
    made = {part: shown.get(part, "") for part in parts_of(field)} | {
        "text": ", ".join(shown.values())
    }
    return made | {"strokes": given.get("strokes", "")} if field.kind is Kind.SIGNATURE else made
