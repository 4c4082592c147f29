"""One thing done to many dossiers: say first what it means, then show how each fares."""

from collections import Counter
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.operations.bulk import (
    Asked,
    NothingChosen,
    begin_bulk,
    check_may_run,
    retry_bulk,
    undo_bulk,
)
from motcua.dossiers.queries.bulk import RunSeen, posts_of, run_named, runs, standing_elsewhere
from motcua.dossiers.queries.desk import codes_of
from motcua.dossiers.queries.loads import loads
from motcua.dossiers.rules.bulk import BULK_MEANS, BULK_WORDS, MOST, UNDOABLE, What
from motcua.dossiers.rules.left_out import WHY_WORDS
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.words import ROLE_WORDS, STATE_WORDS
from motcua.dossiers.web.desk.asking import LIST, asked_of
from motcua.dossiers.web.desk.worklist import choices_of
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal

WORDS = {"bulk_words": BULK_WORDS, "bulk_means": BULK_MEANS}


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def bulk(request: HttpRequest) -> HttpResponse:
    """Show the runs one started; for dossiers just chosen, say what would happen to them."""
    if request.method != "POST":
        by = actor_of(request)
        return page(request, "desk/runs", {"runs": runs(by=by), **WORDS})
    if request.POST.get("viec") not in set(What):
        return redirect("dossiers:bulk")
    check_may_run(actor_of(request))
    codes = _chosen(request)
    if not codes:
        messages.error(request, sentence_of(NothingChosen()))
        return redirect(asked_of(request.POST.get(LIST, "")).address())
    return _confirm(request, What(request.POST["viec"]), codes)


@require_POST
@officials_only()
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a run that was confirmed; the same form sent again begins nothing new."""
    by, at, posted = actor_of(request), localtime(now()), request.POST
    if posted.get("viec") not in set(What):
        return redirect("dossiers:bulk")
    check_may_run(by)
    what, codes, who = What(posted["viec"]), _chosen(request), posted.get("nguoi", "")[:80]
    asked = Asked(what, codes, dict.fromkeys(codes, who) if who else {})
    done = attempt(lambda: begin_bulk(asked, key_of(request), by=by, at=at))
    if isinstance(done, Refusal):
        return _confirm(request, what, codes, done)
    return redirect("dossiers:bulk-run", run=done)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def run(request: HttpRequest, run: int) -> HttpResponse:
    """Show how each dossier of a run fares; try the refused ones again, or take the run back."""
    by, at = actor_of(request), localtime(now())
    if request.method != "POST":
        return page(request, "desk/run", _facts(run_named(run, by=by)))
    if "hoan-tac" in request.POST:
        return redirect("dossiers:bulk-run", run=undo_bulk(run, key_of(request), by=by, at=at))
    retry_bulk(run, by=by)
    return redirect("dossiers:bulk-run", run=run)


@require_safe
@officials_only()
def progress(request: HttpRequest, run: int) -> HttpResponse:
    """Show only how far a run is, which its page asks for again and again."""
    return page(request, "desk/_run", _facts(run_named(run, by=actor_of(request))))


def key_of(request: HttpRequest) -> UUID:
    """Return the key a form brings, by which it counts once; a new one where it brings none."""
    try:
        return UUID(request.POST.get("khoa", ""))
    except ValueError:
        return uuid4()


def _chosen(request: HttpRequest) -> list[str]:
    """Return the codes that were ticked, or those of the whole list up to the most."""
    if "tat-ca" not in request.POST:
        return list(dict.fromkeys(request.POST.getlist("hs")))
    by, at = actor_of(request), localtime(now())
    wanted = asked_of(request.POST.get(LIST, "")).wanted
    return codes_of(wanted, by=by, at=at, fields=choices_of(by).fields, limit=MOST)


def _confirm(
    request: HttpRequest, what: What, codes: list[str], refusal: Refusal | None = None
) -> HttpResponse:
    by, at = actor_of(request), localtime(now())
    posts: tuple[Role, ...] = ()
    if what is What.ASSIGN:
        posts = posts_of(codes, by=by)
    elif what is What.FORWARD:
        posts = (Role.SPECIALIST,)
    elsewhere = standing_elsewhere(what, codes, by=by)
    facts = {
        "what": what,
        "chosen_number": len(codes),
        "codes": [code for code in codes if code not in elsewhere],
        "elsewhere": Counter(map(_where, elsewhere.values())).most_common(),
        "not_waiting": len(elsewhere),
        "colleagues": [(_(ROLE_WORDS[role]), loads(role, by=by, at=at)) for role in posts],
        "chosen": request.POST.get("nguoi", ""),
        "must": what is What.ASSIGN,
        "key": key_of(request),
        "back": asked_of(request.POST.get(LIST, "")).address(),
        "list": request.POST.get(LIST, ""),
        "problems": [{"at": "nguoi", "message": sentence_of(refusal)}] if refusal else [],
        **WORDS,
    }
    return page(request, "desk/bulk", facts, status=status_of(refusal) if refusal else 200)


def _where(stands: tuple[State, Role]) -> str:
    """Say where a dossier stands; while it is processed, with whom."""
    state, role = stands
    words = _(STATE_WORDS[state])
    return f"{words} ({_(ROLE_WORDS[role])})" if state is State.IN_PROCESS else words


def _facts(seen: RunSeen) -> dict[str, object]:
    at_work = bool(seen.run.waiting)
    may_undo = seen.run.what in UNDOABLE and not at_work and seen.run.undone_by is None
    return {
        "run": seen.run,
        "outcomes": seen.outcomes,
        "left_out": seen.left_out,
        "why_words": WHY_WORDS,
        "at_work": at_work,
        "percent": 100 * (seen.run.done + seen.run.refused) // max(seen.run.total, 1),
        "may_undo": may_undo and seen.run.done > 0,
        "key": uuid4(),
        **WORDS,
    }
