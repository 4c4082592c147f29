"""What the boxes of a field hold when its answer is shown again: `reading`, the other way."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.forms.rules.definition import Answers, Field, Kind
from motcua.forms.rules.reading import DATE_PARTS
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.values import MOST_ROWS, fits, is_empty
from motcua.kernel.phones import shown_phone

Boxes = dict[str, list[str]]


def typed(field: Field, answers: Answers) -> Boxes:
    """
    Return what the boxes of ``field`` hold when its answer is shown again, by name.

    Those of a table or group are ``children.rows`` (how many) and ``children.0.name``. A point
    stands in one box and in one each for latitude and longitude: a page draws one or the other.
    """
    return _boxes(field, answers.get(field.id), field.id)


def _boxes(field: Field, value: Any, name: str) -> Boxes:
    if field.kind in _MAKERS:
        return _MAKERS[field.kind](field, value, name)
    return _parts(field, value, name) if field.kind in PARTS else _typed_one(name, value)


def _rows(field: Field, value: Any, name: str) -> Boxes:
    rows = value if isinstance(value, list) and len(value) <= MOST_ROWS else []
    boxes: Boxes = {f"{name}.rows": [str(len(rows))]}
    for number, row in enumerate(rows):
        given = row if isinstance(row, Mapping) else {}
        for column in field.rows.columns if field.rows else ():
            boxes |= _boxes(column, given.get(column.id), f"{name}.{number}.{column.id}")
    return boxes


def _parts(field: Field, value: Any, name: str) -> Boxes:
    boxes: Boxes = {}
    if not isinstance(value, Mapping):
        return boxes
    for part in parts_of(field):
        given = value.get(part)
        if part == "birth_date" and not is_empty(given):
            boxes |= _date_boxes(f"{name}.{part}", given)
        else:
            boxes |= _typed_one(f"{name}.{part}", given)
    return boxes


def _point(_field: Field, value: Any, name: str) -> Boxes:
    if not isinstance(value, Mapping):
        return _typed_one(name, value)
    held = [value.get(part) for part in ("lat", "lng")]
    lat, lng = (_one(each).replace(",", ".") if _is_number(each) else _one(each) for each in held)
    together = {name: [f"{lat}, {lng}"]} if all(map(_is_number, held)) else {}
    return {**together, f"{name}.lat": [lat], f"{name}.lng": [lng]}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _phone(_field: Field, value: Any, name: str) -> Boxes:
    return _typed_one(name, shown_phone(value) if isinstance(value, str) else value)


def _date(_field: Field, value: Any, name: str) -> Boxes:
    return {} if is_empty(value) else _date_boxes(name, value)


_MAKERS: Mapping[Kind, Callable[[Field, Any, str], Boxes]] = {
    Kind.COMPUTED: lambda _field, _value, _name: {},
    Kind.NOTE: lambda _field, _value, _name: {},
    Kind.TABLE: _rows,
    Kind.GROUP: _rows,
    Kind.DATE: _date,
    Kind.POINT: _point,
    Kind.PHONE: _phone,
}


def _date_boxes(name: str, value: Any) -> Boxes:
    text = _one(value)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        boxes = [*text.split("/", 2), "", ""][:3] if "/" in text else _partial(text)
    else:
        boxes = [str(day.day), str(day.month), f"{day.year:04}"]
    return {f"{name}-{part}": [box] for part, box in zip(DATE_PARTS, boxes, strict=True)}


def _partial(text: str) -> list[str]:
    """``2026-05`` → nothing, 5, 2026; what is no partial date stands in the first box."""
    year, _, month = text.partition("-")
    if len(year) == 4 and year.isdecimal() and (month.isdecimal() or not month):
        return ["", str(int(month)) if month else "", year]
    return [text, "", ""]


def _typed_one(name: str, value: Any) -> Boxes:
    if isinstance(value, list):
        return {name: [_one(each) for each in value]}
    return {name: [_one(value)]}


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if value.isascii() else value.encode(errors="replace").decode()
    if value is None or not fits(value):
        return ""
    return number_typed(value) if isinstance(value, float) else str(value)


def number_typed(value: float) -> str:
    """``12.5`` → ``12,5``, the way numbers are written in Viet Nam."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0").replace(".", ",")
