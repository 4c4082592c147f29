"""A page acts on the dossier that its reader saw: which that was, and what happened since."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.backbone.formats import moment
from motcua.backbone.http.refusals import StaleVersion
from motcua.dossiers.operations.changes import OnlyDueMoved
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.words import HAPPENED
from motcua.kernel.errors import Refusal


def seen_in(request: HttpRequest) -> int:
    """Return the version that the form of a page was made from; -1, which is none, without one."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1


def stale_facts(refusal: Refusal | None) -> dict[str, object]:
    """Return what ``desk/_stale.html`` shows of a refusal: nothing, where it has another cause."""
    return {
        "stale": isinstance(refusal, StaleVersion),
        "repeat": isinstance(refusal, OnlyDueMoved),
        "changes": _changes(refusal),
    }


def _changes(refusal: Refusal | None) -> list[str]:
    """Return what happened since the page was opened, a sentence each."""
    found = refusal.facts.get("changes") if refusal else None
    return [_change(each) for each in found] if isinstance(found, list) else []


def _change(each: dict[str, str]) -> str:
    if each["what"] == "due":
        return _(
            "The due time moved from %(was)s to %(due)s, because the agency's calendar changed."
        ) % {"was": _moment(each["was"]), "due": _moment(each["due_at"])}
    if each["what"] == "step":
        return _("%(what)s, %(who)s, %(moment)s.") % {
            "what": _(HAPPENED[Step(each["step"])]),
            "who": each["by_name"],
            "moment": _moment(each["at"]),
        }
    return _("Its papers went back, or its applicant took it over into their account.")


def _moment(text: str) -> str:
    return moment(datetime.fromisoformat(text))
