"""Pages of the studio: drawn with its words, and forms with what was typed and what is wrong."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.refusals import StaleVersion, sentence_of
from motcua.kernel.errors import Invalid
from motcua.studio.queries.drafts import DraftView, draft
from motcua.studio.web.wording import facts

LONGEST_NOTE = 2000


def show(request: HttpRequest, page: str, status: int = 200, /, **more: Any) -> HttpResponse:
    """Draw a page of the studio."""
    return render(request, f"studio/{page}.html", {**facts(), **more}, status=status)


def form(
    request: HttpRequest, page: str, refusal: Invalid | None, at: str, /, **more: Any
) -> HttpResponse:
    """Draw a form: what was typed stays, and what is wrong stands at its field."""
    problems: list[dict[str, str]] = []
    if refusal is not None:
        told = refusal.facts.get("problems")
        named = told[:1] if isinstance(told, list) and told else [{"at": at}]
        problems = [{"at": each["at"], "message": sentence_of(refusal)} for each in named]
    errors = {each["at"]: each["message"] for each in problems}
    typed = request.POST.dict()
    status = 422 if problems else 200
    return show(request, page, status, problems=problems, errors=errors, typed=typed, **more)


def found(request: HttpRequest, draft_id: UUID) -> DraftView:
    """Return the draft of the address, for the one who asks."""
    return draft(draft_id, by=actor_of(request))


def seen_in(request: HttpRequest) -> int:
    """
    Return the number of changes the sender's page was made of.

    :raises StaleVersion: if it is no number
    """
    text = request.POST.get("seen", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise StaleVersion
    return int(text)


def note_in(request: HttpRequest, name: str) -> str:
    """Return what was typed to be read by another, cut where no one would read on."""
    return request.POST.get(name, "").strip()[:LONGEST_NOTE]


def changed_meanwhile() -> str:
    """Return what is said when somebody else changed a draft first."""
    return _("Somebody changed this draft in the meantime. See how it stands, then decide again.")
