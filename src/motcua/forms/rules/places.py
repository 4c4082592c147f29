"""Where an answer stands: ``name``, ``office.commune``, ``children.0.born``, ``row.0.who.id``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from motcua.forms.rules.definition import Field, Form
from motcua.forms.rules.schema import parts_of


@dataclass(frozen=True, slots=True)
class Place:
    """
    A field, or a part of it; in a row, the column, the table or group, and which row (from 0).

    A whole row (``children.0``) has the table or group as its field and a row number.
    """

    field: Field
    part: str = ""
    rows: Field | None = None
    row: int = 0


@lru_cache(maxsize=512)
def fields_by_id(form: Form) -> Mapping[str, Field]:
    """Return the fields of a form by id, columns of rows not among them."""
    return {field.id: field for field in form.fields}


def place_at(form: Form, path: str) -> Place | None:
    """Return what stands at ``path``, or None if the form has no such place."""
    name, _, rest = path.partition(".")
    field = fields_by_id(form).get(name)
    if field is None or not rest:
        return Place(field) if field else None
    if field.rows is None:
        return Place(field, rest) if rest in parts_of(field) else None
    number, _, rest = rest.partition(".")
    if not (number.isascii() and number.isdecimal()):
        return None
    name, _, part = rest.partition(".")
    columns = (column for column in field.rows.columns if column.id == name)
    column = next(columns, None) if rest else field
    if column is None or (part and part not in parts_of(column)):
        return None
    return Place(column, part, field, int(number))
