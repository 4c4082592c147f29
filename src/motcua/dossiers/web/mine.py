"""My dossiers: drafts to go on with, and everything filed, newest first."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.operations.drafts import discard_draft
from motcua.dossiers.queries.drafts import DraftView, draft, my_drafts
from motcua.dossiers.queries.lines import PAGE, DossierLine, my_dossiers
from motcua.dossiers.queries.linked import LinkedStanding, my_linked
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.web.attempts import apart
from motcua.dossiers.web.due import Badge, due_badge
from motcua.dossiers.web.pages import page
from motcua.packs.queries.packs import Pack, pack


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in the list with what is to be done; ``linked``: the filing it stands for."""

    line: DossierLine
    badge: Badge | None
    todo: str
    linked: LinkedStanding | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list."""

    draft: DraftView
    pack: Pack
    files: int


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's drafts and dossiers; ``?truoc=`` is the id the page before ended at."""
    by, at = actor_of(request), localtime(now())
    before = _before(request)
    lines = my_dossiers(by=by, at=at, before=before, limit=PAGE + 1, linked_once=True)
    shown = lines[:PAGE]
    linked = my_linked([x.code for x in shown if x.linked], by=by)
    rows = [
        Row(x, due_badge(x.due, x.due_at, x.state, at=at), _todo(x), linked.get(x.code))
        for x in shown
    ]
    drafts = [_draft_row(x) for x in my_drafts(by=by)] if before is None else []
    facts = {
        "rows": rows,
        "drafts": drafts,
        "newest": before is None,
        "next": f"?truoc={shown[-1].id}" if len(lines) > PAGE else None,
    }
    return page(request, "mine", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask whether a draft should go, and let it go."""
    by = actor_of(request)
    if request.method == "POST":
        apart(lambda: discard_draft(draft_id, by=by, at=now()))
        messages.success(request, _("The draft and its files were thrown away."))
        return redirect("dossiers:mine")
    return page(request, "discard", {"row": _draft_row(draft(draft_id, by=by))})


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("truoc", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _draft_row(x: DraftView) -> DraftRow:
    return DraftRow(x, pack(x.pack), sum(len(files) for files in x.papers.values()))


def _todo(x: DossierLine) -> str:
    if x.state is State.SUPPLEMENT:
        return _("Send the papers or answers that the agency asked for")
    if x.state is State.PAYMENT or (x.unpaid and x.state is State.NEW):
        return _("Pay the fee")
    return ""
