"""Many rows at once: lines of COPY's text format, and keys reserved for them."""

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.models import Model

NULL = "\\N"
"""What stands for nothing in a line."""


def escaped(text: str) -> str:
    """Return a text as it stands in a line."""
    escaped = text.replace("\\", "\\\\").replace("\t", "\\t")
    return escaped.replace("\n", "\\n").replace("\r", "\\r")


def new_keys(model: type[Model], count: int) -> list[int]:
    """Return keys that no other row of a model gets, rising; they are reserved for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],  # noqa: SLF001
        )
        return [key for (key,) in cursor.fetchall()]


def copy_rows(model: type[Model], columns: Sequence[str], rows: Sequence[str]) -> None:
    """Write rows of some columns; the others get what a new instance of the model would have."""
    if not rows:
        return
    rest = _usual(model, frozenset(columns))
    names = ", ".join(f'"{name}"' for name in [*columns, *rest])
    end = "".join(f"\t{value}" for value in rest.values()) + "\n"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy,  # noqa: SLF001
    ):
        copy.write(end.join(rows) + end)


@cache
def _usual(model: type[Model], told: frozenset[str]) -> dict[str, str]:
    """Return the columns nobody told that may not be empty, with their usual values as text."""
    usual: dict[str, str] = {}
    for field in model._meta.concrete_fields:  # noqa: SLF001
        if not (field.null or field.primary_key or field.column in told):
            usual[str(field.column)] = str(field.get_default())
    return usual
