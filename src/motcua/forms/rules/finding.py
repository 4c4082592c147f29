"""The words by which answers find what they were given to: those a form marks ``searchable``."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from motcua.forms.rules.definition import Answers, Field, Form
from motcua.forms.rules.saying import Tongue, shown_parts, shown_value
from motcua.kernel.folding import fold

_VIETNAMESE = Tongue("vi")
_CODES = frozenset({"province", "commune"})
"""Parts of an address that are codes of units: nobody looks for those."""


def words_found_by(form: Form, answers: Answers) -> str:
    """
    Return the searchable answers as folded words, each once, in the order of the form.

    They stand as people read them (dates by day, phones as dialled, options by their label). What
    has digits stands together too: ``29A-123.45`` is found by ``123`` and by ``29a12345``.
    """
    words: dict[str, None] = {}
    for text in _texts(form.fields, answers):
        folded = fold(text)
        words |= dict.fromkeys(folded.split())
        if any(sign.isdigit() for sign in folded):
            words[folded.replace(" ", "")] = None
    return " ".join(words)


def _texts(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = answers.get(field.id)
        if field.rows is not None:
            for row in value if isinstance(value, list) else ():
                if isinstance(row, Mapping):
                    yield from _texts(_marked(field, field.rows.columns), row)
        elif field.searchable and isinstance(value, Mapping):
            named = {part: said for part, said in value.items() if part not in _CODES}
            yield from shown_parts(field, named, _VIETNAMESE).values()
        elif field.searchable:
            yield shown_value(field, value, _VIETNAMESE)


def _marked(field: Field, columns: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the searchable columns: all of them where the whole table is marked."""
    if not field.searchable:
        return columns
    return tuple(replace(column, searchable=True) for column in columns)
