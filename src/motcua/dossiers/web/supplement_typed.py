"""What was typed of an answer to a request for supplement, and which parts are open by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.supplement import open_fields, papers_opened
from motcua.forms.queries.forms import SHOWN, Problem, clean, problems_in, rows_changed
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers and note typed so far; they wait in the session until they are sent."""

    answers: Mapping[str, Any]
    note: str
    lacking: Mapping[str, str] = field(default_factory=dict)


def typed_in(posted: dict[str, list[str]], view: DossierView) -> Typed:
    """Read what was posted of the fields that are open; these may lead to others."""
    form = pack(view.pack).form
    shown = set(" ".join(posted[SHOWN]).split())
    answers: dict[str, Any] = {}
    for _once_more in range(2):
        may = open_now(view, Typed(answers, ""))
        here = posted | {SHOWN: [" ".join(x for x in shown if x.partition(".")[0] in may)]}
        for step in form.steps:
            changed = rows_changed(form, step.id, here)
            answers |= clean(form, step.id, here) if changed is None else changed
    lacking = {
        each: posted.get(f"why-{each}", [""])[-1].strip()[:300]
        for each in posted.get("lacking", [])[:100]
    }
    return Typed(answers, posted.get("note", [""])[-1][:2000], lacking)


def asked_papers(view: DossierView, typed: Typed) -> list[str]:
    """Return the papers that were named, and those that the corrected answers newly require."""
    on, after = localtime(view.filed_at).date(), {**view.answers, **typed.answers}
    newly = papers_opened(pack(view.pack), before=view.answers, after=after, on=on)
    return [*(view.asked or {}).get("papers", []), *newly]


def asked_fields(view: DossierView) -> list[str]:
    """Return the fields that were named."""
    return list((view.asked or {}).get("fields", []))


def open_now(view: DossierView, typed: Typed) -> frozenset[str]:
    """Return the fields that may be answered: those asked for, and what their answers newly ask."""
    on, after = localtime(view.filed_at).date(), {**view.answers, **typed.answers}
    form = pack(view.pack).form
    return open_fields(form, asked_fields(view), before=view.answers, after=after, on=on)


def problems_now(view: DossierView, typed: Typed, *, on: date) -> tuple[Problem, ...]:
    """Return what is wrong with the answers as they would be."""
    return problems_in(pack(view.pack).form, {**view.answers, **typed.answers}, on=on)


def named(problem: Problem) -> str:
    """Return the field that a problem is in."""
    return problem.field.partition(".")[0]
