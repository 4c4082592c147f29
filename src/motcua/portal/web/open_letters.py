"""Letters once written down at a counter for all procedures: listed, limited, ended."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.queries.behind import procedures_filed_by
from motcua.identity.operations.open_letters import end_open_letter, limit_open_letter
from motcua.identity.queries.authorities import KEEPERS, Authority, open_letter, open_letters
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.text import N_
from motcua.portal.web.choosing import known_in, offered_by_field

PURPOSE = N_("See what a letter written down at the counter is good for")


@require_safe
@never_cache
@officials_only(*KEEPERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the letters that the agency's counters wrote down for all procedures."""
    found = open_letters(by=actor_of(request), at=now())
    return render(request, "portal/open_letters.html", {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officials_only(*KEEPERS)
def one(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Ask what a letter is good for, or why it ends, and do it."""
    by, at = actor_of(request), now()
    found = open_letter(str(authority), by=by, at=at, purpose=PURPOSE)
    if request.method != "POST":
        return _form(request, found)
    ending = request.POST.get("viec") == "ket-thuc"
    done = attempt(partial(_ended if ending else _limited, request, found, by=by, at=at))
    if isinstance(done, Refusal):
        return _form(request, found, done, at="reason" if ending else "procedures")
    messages.success(request, _("Done. Both of them are told."))
    return redirect("portal:open-letters")


def _limited(request: HttpRequest, found: Authority, *, by: Actor, at: datetime) -> None:
    known = known_in(offered_by_field(localdate(at))) | procedures_filed_by(
        found.id, found.principal
    )
    chosen = frozenset(request.POST.getlist("procedures")) & known
    limit_open_letter(found.id, chosen, by=by, at=at)


def _ended(request: HttpRequest, found: Authority, *, by: Actor, at: datetime) -> None:
    end_open_letter(found.id, request.POST.get("reason", ""), by=by, at=at)


def _form(
    request: HttpRequest, found: Authority, refusal: Refusal | None = None, *, at: str = ""
) -> HttpResponse:
    posted, used = request.POST, procedures_filed_by(found.id, found.principal)
    problem = sentence_of(refusal) if refusal else ""
    facts = {
        "one": found,
        "groups": offered_by_field(localdate()),
        "chosen": posted.getlist("procedures") if request.method == "POST" else sorted(used),
        "used": sorted(used),
        "reason": posted.get("reason", ""),
        "problems": [{"at": at, "message": problem}] if problem else [],
        "wrong": {at: problem} if problem else {},
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "portal/open_letter.html", facts, status=status)
