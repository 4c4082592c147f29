"""Hand-over lists: make one of what was passed on, confirm or refuse what one receives."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import problems_said, sentence_of, status_of
from motcua.dossiers.operations.handovers import hand_over, settle_hand_over
from motcua.dossiers.queries.handovers import handover, handovers, to_hand_over
from motcua.dossiers.queries.loads import loads
from motcua.dossiers.rules.left_out import WHY_WORDS
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def lists(request: HttpRequest) -> HttpResponse:
    """Show the lists one gave or may confirm; make a new one of what one passed on."""
    by, at, posted = actor_of(request), localtime(now()), request.POST
    refusal = None
    if request.method == "POST":
        codes, receiver = posted.getlist("hs"), posted.get("nguoi", "")[:80]
        done = attempt(lambda: hand_over(codes, receiver, by=by, at=at))
        if not isinstance(done, Refusal):
            return redirect("dossiers:handover", list_id=done)
        refusal = done
    facts = {
        "lists": handovers(by=by),
        "ready": to_hand_over(by=by),
        "colleagues": [x for x in loads(Role.SPECIALIST, by=by, at=at) if x.holder != by.id],
        "me": by.id,
        "ticked": posted.getlist("hs"),
        "chosen": posted.get("nguoi", ""),
        "problems": _problems(refusal) if refusal else [],
    }
    return page(request, "desk/handovers", facts, status=status_of(refusal) if refusal else 200)


def _problems(refusal: Refusal) -> list[dict[str, str]]:
    """Say why no list was made, then of each dossier why it cannot stand on one."""
    each = [f"{problem['at']}: {problem['message']}" for problem in problems_said(refusal)]
    return [{"at": "hs", "message": message} for message in (sentence_of(refusal), *each)]


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def one(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show a list; its receiver confirms each dossier or refuses it with a remark."""
    by, at, posted = actor_of(request), localtime(now()), request.POST
    seen, refusal = handover(list_id, by=by), None
    if request.method == "POST":
        said = {each.code: posted.get(f"nhan-{each.code}", "") for each in seen.items}
        taken = [code for code, word in said.items() if word == "co"]
        refused = {c: posted.get(f"vi-sao-{c}", "") for c, word in said.items() if word == "khong"}
        done = attempt(lambda: settle_hand_over(list_id, taken, refused, by=by, at=at))
        if not isinstance(done, Refusal):
            messages.success(request, _("Noted, with your name and the time."))
            return redirect("dossiers:handover", list_id=list_id)
        refusal = done
    named = refusal.facts.get("problems") if refusal else None
    at_field = named[0]["at"] if isinstance(named, list) and named else ""
    facts = {
        "seen": seen,
        "me": by.id,
        "why_words": WHY_WORDS,
        "typed": posted,
        "problems": [{"at": at_field, "message": sentence_of(refusal)}] if refusal else [],
    }
    return page(request, "desk/handover", facts, status=status_of(refusal) if refusal else 200)
