"""
A posted page, as answers; and rows added and removed by its buttons.

What can be understood becomes a JSON value of its kind; what cannot is kept as it was typed, to be
shown again beside the problem. Nothing typed is ever thrown away.
"""

from collections.abc import Container
from typing import Any

from motcua.forms.rules.definition import Field, Form, Kind
from motcua.forms.rules.reading import Posted, text_in, value_of
from motcua.forms.rules.values import MOST_ROWS

SHOWN = "shown"
"""The posted name that lists the fields the page had: others are left as they were."""
ADD, REMOVE = "add", "remove"
"""The names of the buttons that add a row to a table or group, or remove one."""
RESERVED = frozenset({SHOWN, ADD, REMOVE, "again"})
"""Names that a page posts beside its fields: no field may have them as its id."""
_UNASKED = frozenset({Kind.COMPUTED, Kind.NOTE})


def clean(form: Form, step: str, posted: Posted) -> dict[str, Any]:
    """
    Return the answers that a posted page ``step`` gives, to be laid over the draft's.

    An emptied field is None, so that it empties the draft's. Where the page named the fields it
    showed (`SHOWN`), only those are read: a field that was hidden keeps what it had, and so does a
    table or group without its number of rows (``children.rows``). Empty rows stay, to be shown.
    """
    shown = set(" ".join(posted[SHOWN]).split()) if SHOWN in posted else None
    made: dict[str, Any] = {}
    for field in _fields(form, step):
        if (shown is not None and field.id not in shown) or field.kind in _UNASKED:
            continue
        if field.rows is None:
            made[field.id] = value_of(field, posted, field.id)
        elif f"{field.id}.rows" in posted:
            made[field.id] = _rows(field, posted) or None
    return made


def rows_changed(form: Form, step: str, posted: Posted) -> dict[str, Any] | None:
    """
    Return the answers of a posted page whose button adds or removes a row; None without one.

    ``add=children`` adds an empty row where there may be more; ``remove=children.2`` takes the
    third away. A button that names no such rows changes nothing.
    """
    if ADD not in posted and REMOVE not in posted:
        return None
    answers = clean(form, step, posted)
    added = text_in(posted, ADD)
    name, _, number = text_in(posted, REMOVE).partition(".")
    for field in _fields(form, step):
        if field.rows is None:
            continue
        rows = answers.get(field.id) or []
        if field.id == added and len(rows) < field.rows.most:
            answers[field.id] = [*rows, {}]
        if field.id == name and number.isascii() and number.isdecimal():
            left = [row for at, row in enumerate(rows) if str(at) != number]
            answers[field.id] = left or None
    return answers


def was_asked(form: Form, step: str, place: str, shown: Container[str]) -> bool:
    """
    Tell whether a page that listed ``shown`` had asked what stands at ``place`` of the answers.

    A cell of a row that only some rows show is asked where the page lists it.
    """
    top, _, cell = place.partition(".")
    if top not in shown:
        return False
    number, _, column = cell.partition(".")
    name = column.partition(".")[0]
    rows = [field.rows for field in _fields(form, step) if field.id == top and field.rows]
    some = {column.id for each in rows for column in each.columns if column.show is not None}
    return name not in some or f"{top}.{number}.{name}" in shown


def _fields(form: Form, step: str) -> tuple[Field, ...]:
    return next((page.fields for page in form.steps if page.id == step), ())


def _rows(field: Field, posted: Posted) -> list[dict[str, Any]]:
    count = text_in(posted, f"{field.id}.rows")
    rows = field.rows
    if rows is None or not (count.isascii() and count.isdecimal() and len(count) < 6):
        return []
    made = []
    for number in range(min(int(count), MOST_ROWS)):
        cells = {
            column.id: value_of(column, posted, f"{field.id}.{number}.{column.id}")
            for column in rows.columns
            if column.kind not in _UNASKED
        }
        made.append({name: value for name, value in cells.items() if value is not None})
    return made
