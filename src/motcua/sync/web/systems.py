"""Accounts of systems that speak the old interface: for those who keep them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.sync.operations.systems import (
    Made,
    NoSuchSystem,
    is_open,
    make_system,
    new_password,
    switch,
)
from motcua.sync.queries.systems import SystemKnown, calls_of, keeping, system, systems
from motcua.sync.rules.access import READERS, may_keep

QUIET = timedelta(days=7)
"""After how long without signing in a system is shown as silent."""
_FIELDS = {"sync.not-a-member": "member"}
"""Beside which field a refusal belongs; beside the name where none is named."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the accounts with their last calls; let an administrator make one."""
    by = actor_of(request)
    typed: dict[str, Any] = {
        name: request.POST.get(name, "").strip() for name in ("username", "member", "title")
    }
    typed["above"] = request.POST.get("above") == "1"
    problem: Refusal | None = None
    if request.method == "POST":
        found = attempt(lambda: make_system(**typed, by=by, at=now()))
        if not isinstance(found, Refusal):
            return _told_once(request, found)
        problem = found
    at = now()
    facts = {
        "rows": [(each, *_look(each, at=at)) for each in systems(by=by)],
        "keeps": may_keep(keeping(), by=by),
        "is_open": is_open(),
        "typed": typed,
        **_problem(problem),
    }
    return render(request, "sync/systems.html", facts, status=422 if problem else 200)


@require_safe
@officials_only(*READERS)
def show(request: HttpRequest, system_id: int) -> HttpResponse:
    """Show one account: whose, in which state, what it called last and was answered."""
    by = actor_of(request)
    row = _found(request, system_id)
    facts = {
        "row": row,
        "look": _look(row, at=now()),
        "calls": calls_of(row.id, by=by),
        "keeps": may_keep(row.keeper, by=by),
        "is_open": is_open(),
    }
    return render(request, "sync/system.html", facts)


@never_cache
@require_POST
@officials_only(Role.ADMINISTRATOR)
def act(request: HttpRequest, system_id: int, step: str) -> HttpResponse:
    """Give an account another password, shown once, or switch it off or on."""
    if step == "mat-khau-moi":
        return _told_once(request, new_password(system_id, by=actor_of(request), at=now()))
    if step not in _SWITCHES:
        raise Http404
    on, words = _SWITCHES[step]
    switch(system_id, on=on, by=actor_of(request), at=now())
    messages.success(request, words())
    return redirect("sync:system", system_id=system_id)


_SWITCHES: dict[str, tuple[bool, Callable[[], str]]] = {
    "tat": (False, lambda: _("The system is let in no longer. Its sessions have ended.")),
    "bat": (True, lambda: _("The system is let in again, with its password.")),
}


def _told_once(request: HttpRequest, made: Made) -> HttpResponse:
    """Answer with the password itself: it is in no address, no cookie and no second page."""
    return render(request, "sync/system_made.html", {"made": made})


def _found(request: HttpRequest, number: int) -> SystemKnown:
    row = system(number, by=actor_of(request))
    if row is None:
        raise NoSuchSystem
    return row


def _problem(refusal: Refusal | None) -> dict[str, Any]:
    if refusal is None:
        return {"problem": "", "where": ""}
    return {"problem": sentence_of(refusal), "where": _FIELDS.get(refusal.code, "username")}


def _look(row: SystemKnown, *, at: datetime) -> tuple[str, str | None]:
    """Return how an account stands in words, and the colour of the tag."""
    if row.off_at is not None:
        return _("Switched off"), None
    if row.used_at is None:
        return _("Has not signed in yet"), "info"
    if at - row.used_at > QUIET:
        return _("Silent for more than a week"), "gold"
    return _("In use"), "ok"
