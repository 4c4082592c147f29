"""What a clerk typed and scanned for what is no longer asked for, to be shown once more."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime
from django.utils.translation import get_language

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.web.supplement_typed import Typed, asked_papers, open_now
from motcua.files.queries.kept import files_named
from motcua.forms.queries.forms import SHOWN, clean, summary_of
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack

NOTE = "note"


def left_over(
    view: DossierView, typed: Typed, posted: Mapping[str, list[str]], *, by: Actor
) -> list[tuple[str, str]]:
    """Return what came with the page and has no place in the form that is open now, by its name."""
    form, language = pack(view.pack).form, get_language() or "vi"
    told: dict[str, object] = {}
    for step in form.steps:
        told |= clean(form, step.id, {SHOWN: [], **posted})
    closed = {name: value for name, value in told.items() if name not in open_now(view, typed)}
    answers, on = {**view.answers, **closed}, localtime(view.filed_at).date()
    lines = [
        (line.label, line.value)
        for section in summary_of(form, answers, language, on=on)
        for line in section.lines
        if line.field in closed and closed[line.field] != view.answers.get(line.field)
    ]
    note = posted.get(NOTE, [""])[-1].strip()
    return [*lines, *_scans(view, typed, posted, by=by), *_word(view, note)]


def _scans(
    view: DossierView, typed: Typed, posted: Mapping[str, list[str]], *, by: Actor
) -> list[tuple[str, str]]:
    asked, language = asked_papers(view, typed) if view.asked else [], get_language() or "vi"
    closed = [each for each in pack(view.pack).papers if each.id not in asked]
    named = {each.name[language]: posted.get(f"file-{each.id}", []) for each in closed}
    return [(name, _names(ids, by=by)) for name, ids in named.items() if any(ids)]


def _names(ids: Sequence[str], *, by: Actor) -> str:
    return ", ".join(each.name for each in files_named(filter(None, ids), by=by))


def _word(view: DossierView, note: str) -> list[tuple[str, str]]:
    return [("", note)] if note and view.state is not State.SUPPLEMENT else []
