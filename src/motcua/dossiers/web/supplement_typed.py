"""What was typed of an answer to a request for supplement, and which parts are open by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from motcua.dossiers.queries.answer_files import files_shown
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.supplement import open_fields, papers_opened
from motcua.dossiers.web.pressed import Pressed
from motcua.forms.queries.forms import (
    SHOWN,
    Beside,
    Problem,
    StepView,
    clean,
    fields_view,
    files_in,
    problems_in,
    rows_changed,
)
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack

NOTHING_PRESSED = Pressed()


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers and note typed so far; they wait in the session until they are sent."""

    answers: Mapping[str, Any]
    note: str
    lacking: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        """Return what a session kept, nothing where it kept nothing."""
        kept = kept or {}
        return cls(kept.get("answers", {}), kept.get("note", ""), kept.get("lacking", {}))

    def kept(self) -> dict[str, Any]:
        """Return it as a session keeps it."""
        return {"answers": dict(self.answers), "note": self.note, "lacking": dict(self.lacking)}

    def changes(self, view: DossierView) -> dict[str, Any]:
        """Return the answers that are not as they were declared."""
        return {k: v for k, v in self.answers.items() if v != view.answers.get(k)}


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


def wrong_now(view: DossierView, typed: Typed, *, on: date) -> list[Problem]:
    """Return what is wrong with answers that may be given, as they would be."""
    may = {*typed.answers, *open_now(view, typed)}
    found = problems_in(pack(view.pack).form, {**view.answers, **typed.answers}, on=on)
    return [each for each in found if each.field.partition(".")[0] in may]


def questions_drawn(
    view: DossierView,
    typed: Typed,
    wrong: Sequence[Problem],
    *,
    by: Actor,
    on: date,
    pressed: Pressed = NOTHING_PRESSED,
) -> StepView:
    """Return the questions that are open as one page of the form."""
    form, answers = pack(view.pack).form, {**view.answers, **typed.answers}
    may = open_now(view, typed)
    held = files_in(form, {name: answers.get(name) for name in may})
    files = files_shown((file for ids in held.values() for file in ids), by=by)
    beside = Beside(files, reverse("files:uploads"), pressed.added, pressed.removed)
    language = get_language() or "vi"
    return fields_view(form, may, answers, wrong, language, on=on, beside=beside)
