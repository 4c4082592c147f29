"""What a request for supplement opens: the fields that were named, and those they lead to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.forms.queries.forms import Answers, Form, visible_fields, visible_steps
from motcua.kernel.scope import public
from motcua.packs.queries.packs import Pack, papers_for


@public
def open_fields(
    form: Form, asked: Sequence[str], *, before: Answers, after: Mapping[str, Any], on: date
) -> frozenset[str]:
    """
    Return the fields that may be answered now.

    :param asked: the fields that the agency named
    :param before: the answers of the dossier
    :param after: the same with the corrections: what they newly ask must be answered too
    """
    return frozenset(asked) | (_shown(form, after, on) - _shown(form, before, on))


@public
def papers_opened(
    definition: Pack, *, before: Answers, after: Mapping[str, Any], on: date
) -> tuple[str, ...]:
    """Return the papers that corrected answers newly require, in the pack's order."""
    known = {each.paper.id for each in papers_for(definition, before, on=on) if each.required}
    now = [each.paper.id for each in papers_for(definition, after, on=on) if each.required]
    return tuple(paper for paper in now if paper not in known)


def _shown(form: Form, answers: Answers, on: date) -> frozenset[str]:
    return frozenset(
        field.id
        for step in visible_steps(form, answers, on=on)
        for field in visible_fields(form, step.id, answers, on=on)
    )
