"""Where a parent that speaks the old interface is, and as whom we sign in there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.exchange.queries.members import own_members
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal
from motcua.sync.operations.parents import (
    LegacyAccount,
    NoSuchParent,
    add_legacy_parent,
    change_account,
)
from motcua.sync.queries.parents import Kind, ParentStanding, parent_standing
from motcua.sync.rules.access import check_keeps, may_keep
from motcua.sync.rules.codes import top_of_member

_TEXTS = ("to", "address", "username", "dstcode")
_FIELDS = {
    "sync.not-an-address": "address",
    "sync.not-nearby": "inside",
    "sync.account-incomplete": "username",
    "sync.password-again": "password",
    "sync.not-a-destination": "dstcode",
}
"""Beside which field a refusal belongs; beside the name where none is named."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def add(request: HttpRequest) -> HttpResponse:
    """Let an administrator tell a system that speaks the old interface of our dossiers."""
    by = actor_of(request)
    ours = _ours(by)
    if request.method != "POST":
        return _page(request, {**dict.fromkeys(_TEXTS, ""), "inside": False}, None)
    typed, account = _typed(request)
    found = attempt(lambda: add_legacy_parent(ours, typed["to"], account, by=by, at=now()))
    if isinstance(found, Refusal):
        return _page(request, typed, found)
    messages.success(request, _("It is being told of the dossiers that are there."))
    return redirect("sync:parent", parent=found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def change(request: HttpRequest, parent: int) -> HttpResponse:
    """Let an administrator sign in elsewhere, as somebody else, or with another password."""
    by = actor_of(request)
    row = parent_standing(parent, by=by, at=now())
    if row is None or row.kind == Kind.NATIVE:
        raise NoSuchParent
    check_keeps(row.about, by=by)
    if request.method != "POST":
        names = (*_TEXTS, "inside")
        return _page(request, {name: getattr(row, name) for name in names}, None, row)
    typed, account = _typed(request)
    found = attempt(lambda: change_account(parent, account, by=by, at=now()))
    if isinstance(found, Refusal):
        return _page(request, typed, found, row)
    messages.success(request, _("The account is changed, and is being tried."))
    return redirect("sync:parent", parent=parent)


def _ours(by: Actor) -> str:
    """Return our member whose administrator somebody is; refused to who is none's."""
    for member in own_members():
        if may_keep(top_of_member(member) or "", by=by):
            return member
    check_keeps("", by=by)
    raise AssertionError("not reached")


def _typed(request: HttpRequest) -> tuple[dict[str, Any], LegacyAccount]:
    """Return what was typed, without the password: that is never put into a page."""
    typed: dict[str, Any] = {name: request.POST.get(name, "").strip()[:300] for name in _TEXTS}
    typed["inside"] = request.POST.get("inside") == "1"
    account = LegacyAccount(
        typed["address"],
        typed["username"],
        request.POST.get("password", "")[:300],
        typed["dstcode"],
        inside=typed["inside"],
    )
    return typed, account


def _page(
    request: HttpRequest,
    typed: dict[str, Any],
    refusal: Refusal | None,
    row: ParentStanding | None = None,
) -> HttpResponse:
    at = _FIELDS.get(refusal.code, "to") if refusal else ""
    facts = {
        "typed": typed,
        "row": row,
        "at": "username" if row and at == "to" else at,
        "problem": sentence_of(refusal) if refusal else "",
    }
    return render(request, "sync/parent_account.html", facts, status=422 if refusal else 200)
