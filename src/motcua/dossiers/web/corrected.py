"""What was declared before a correction and what after it, in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.corrections import before_each
from motcua.dossiers.web.handed import filed_on
from motcua.forms.queries.forms import summary_of
from motcua.packs.queries.packs import pack

Change = tuple[str, str, str, str]
"""A field's id, its question, what was said before and what after."""


def corrected_in(view: DossierView) -> dict[int, tuple[str, ...]]:
    """Return for each step that corrected answers, by its place, from what to what: a sentence."""
    return {
        number: tuple(
            _("%(what)s: “%(before)s”, now “%(now)s”") % {"what": what, "before": was, "now": now}
            for _field, what, was, now in changed
        )
        for number, changed in _changes(view).items()
    }


def said_before(view: DossierView) -> dict[str, str]:
    """Return of each field that was ever corrected what it said before, the last time first."""
    found: dict[str, list[str]] = {}
    for _number, changed in sorted(_changes(view).items(), reverse=True):
        for field, _what, was, _now in changed:
            found.setdefault(field, []).append(f"“{was}”")
    return {field: ", ".join(said) for field, said in found.items()}


def _changes(view: DossierView) -> dict[int, tuple[Change, ...]]:
    corrected = before_each([taken.details for taken in view.history], view.answers)
    if not corrected:
        return {}
    form, language, on = pack(view.pack).form, get_language() or "vi", filed_on(view)
    found = {}
    for number, sides in corrected.items():
        before, after = (
            {
                line.field: (line.label, line.value.replace("\n", " · "))
                for section in summary_of(form, answers, language, on=on)
                for line in section.lines
            }
            for answers in sides
        )
        nothing = _("Not given")
        found[number] = tuple(
            (
                field,
                (after.get(field) or before[field])[0],
                before.get(field, ("", ""))[1] or nothing,
                after.get(field, ("", ""))[1] or nothing,
            )
            for field in {**before, **after}
            if before.get(field, ("", ""))[1] != after.get(field, ("", ""))[1]
        )
    return found
