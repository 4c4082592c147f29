"""Whom our own dossiers are told, how far that is, and what waits: for a member's officials."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.sentences import say
from motcua.exchange.queries.members import MemberState, members, own_members
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.kernel.text import N_
from motcua.sync.operations.parents import (
    NoSuchParent,
    add_parent,
    pause,
    resume,
    tell_anew,
    tell_now,
)
from motcua.sync.queries.parents import ParentStanding, parent_standing, parents, untaken
from motcua.sync.rules.access import READERS, may_keep
from motcua.sync.rules.codes import top_of_member
from motcua.sync.rules.words import REASONS


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the parents of the reader's member; let an administrator add one."""
    by, problem = actor_of(request), ""
    ours = [each for each in own_members() if may_keep(top_of_member(each) or "", by=by)]
    to = request.POST.get("to", "")
    if request.method == "POST":
        found = attempt(lambda: add_parent(ours[0] if ours else "", to, by=by, at=now()))
        if not isinstance(found, Refusal):
            messages.success(request, _("It is being told of the dossiers that are there."))
            return redirect("sync:parent", parent=found)
        problem = sentence_of(found)
    rows = parents(by=by, at=now())
    there = {row.to for row in rows} | set(ours)
    active = [each for each in members() if each.state is MemberState.ACTIVE]
    facts = {
        "rows": [(row, *_look(row)) for row in rows],
        "choices": [(each.id, each.title) for each in active if each.id not in there],
        "ours": ours[0] if ours else "",
        "problem": problem,
        "to": to,
    }
    return render(request, "sync/parents.html", facts, status=422 if problem else 200)


@require_safe
@officials_only(*READERS)
def show(request: HttpRequest, parent: int) -> HttpResponse:
    """Show one parent: how far, what waits, the last error, what was not taken."""
    by = actor_of(request)
    row = parent_standing(parent, by=by, at=now())
    if row is None:
        raise NoSuchParent
    kept = untaken(parent, by=by)
    facts = {
        "row": row,
        "look": _look(row),
        "error": say(row.error, row.facts) if row.error else "",
        "untaken": [(each, REASONS.get(each.reason.partition(":")[0], "")) for each in kept],
        "keeps": may_keep(top_of_member(row.member) or "", by=by),
        "keeps_account": may_keep(row.about, by=by),
    }
    return render(request, "sync/parent.html", facts)


@require_POST
@officials_only(Role.ADMINISTRATOR)
def act(request: HttpRequest, parent: int, step: str) -> HttpResponse:
    """Pause a parent, go on, try again now, or tell it everything anew."""
    if step not in _STEPS:
        raise Http404
    do, words = _STEPS[step]
    do(parent, actor_of(request))
    messages.success(request, _(words))
    return redirect("sync:parent", parent=parent)


_STEPS: dict[str, tuple[Callable[[int, Actor], Any], str]] = {
    "tam-dung": (
        lambda parent, by: pause(parent, by=by, at=now()),
        N_("Nothing is told to it until you let it go on. Its place is kept."),
    ),
    "tiep-tuc": (
        lambda parent, by: resume(parent, by=by, at=now()),
        N_("It goes on from where it was."),
    ),
    "thu-ngay": (
        lambda parent, by: tell_now(parent, by=by),
        N_("It is being tried. Reload the page in a few seconds."),
    ),
    "ke-lai": (
        lambda parent, by: tell_anew(parent, by=by, at=now()),
        N_("Everything is told anew, from the first step on."),
    ),
}


def _look(row: ParentStanding) -> tuple[str, str]:
    """Return how a parent stands in words, and the colour of the tag."""
    if row.paused_at is not None:
        return _("Telling is paused"), "gold"
    if row.is_stuck:
        return _("Stuck"), "bad"
    if row.failures:
        return _("Does not answer"), "gold"
    if row.waiting:
        return _("On its way"), "info"
    return _("Up to date"), "ok"
