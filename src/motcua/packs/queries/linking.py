"""Linked packs, for rooms above: one filing that becomes several dossiers."""

from motcua.forms.rules.expressions.reading import parse
from motcua.kernel.scope import public
from motcua.packs.rules.linking import (
    answers_for,
    corrected,
    papers_for_part,
    parts_for,
    plain_name,
    waits_for,
)
from motcua.packs.rules.work import Part, ResultOf

__all__ = [
    "Part",
    "ResultOf",
    "answers_for",
    "corrected",
    "papers_for_part",
    "parts_for",
    "source_of_answer",
    "waits_for",
]


@public
def source_of_answer(part: Part, field: str) -> str | None:
    """Return the field of the whole whose answer is that of a part's field, taken as it is."""
    whole, _, _inner = field.partition(".")
    for place, text in part.answers.items():
        if place in (field, whole) or place.partition(".")[0] == field:
            return plain_name(parse(text))
    return None
