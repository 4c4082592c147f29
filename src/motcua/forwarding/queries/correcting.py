"""What an applicant may answer here to a request of the unit, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.dossiers.queries.supplement import open_fields, papers_opened
from motcua.forms.queries.forms import Problem, problems_in
from motcua.forwarding.queries.handed import HandedView
from motcua.forwarding.rules.states import Handing
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import Pack, pack

__all__ = ["Correcting", "can_correct_here", "correcting"]


@dataclass(frozen=True, slots=True)
class Correcting:
    """
    The answers as the unit has them (``before``), and with what was typed now (``after``).

    ``fields`` may be answered: those asked for, and what the answers typed newly ask. ``papers``
    must be given: those asked for, and what the answers newly require. ``problems`` are those of
    ``fields``.
    """

    definition: Pack
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    fields: frozenset[str]
    papers: tuple[str, ...]
    problems: tuple[Problem, ...]


@for_rooms
def correcting(view: HandedView, typed: Mapping[str, Any], *, at: datetime) -> Correcting:
    """Return what an open request for supplement opens, with what was typed so far."""
    definition, on = pack(view.manifest.pack), localtime(view.filed_at).date()
    asked = view.standing.asked if view.standing else None
    names, papers = (list((asked or {}).get(name, [])) for name in ("fields", "papers"))
    before = _answers_there(view)
    after = {**before, **typed}
    may = open_fields(definition.form, names, before=before, after=after, on=on)
    newly = papers_opened(definition, before=before, after=after, on=on) if names else ()
    wrong = problems_in(definition.form, after, on=localtime(at).date())
    return Correcting(
        definition=definition,
        before=before,
        after=after,
        fields=may,
        papers=tuple(dict.fromkeys([*papers, *newly])),
        problems=tuple(each for each in wrong if each.field.partition(".")[0] in may),
    )


@for_rooms
def can_correct_here(view: HandedView) -> bool:
    """
    Tell whether what is asked can be answered here.

    It cannot where the form here lacks a question, or a paper: the unit's own page takes those.
    """
    asked = (view.standing.asked if view.standing else None) or {}
    definition = pack(view.manifest.pack)
    fields = {field.id for field in definition.form.fields}
    papers = {paper.id for paper in definition.papers}
    return fields.issuperset(asked.get("fields", [])) and papers.issuperset(asked.get("papers", []))


def _answers_there(view: HandedView) -> dict[str, Any]:
    """Return the answers that were filed, with the corrections that the unit did not refuse."""
    answers = dict(view.manifest.answers)
    for sent in view.answers:
        if sent.handing is not Handing.REFUSED:
            answers |= sent.answers
    return answers
