"""For whom I act and who acts for me: shown, declared, confirmed, ended."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.limits import check_rate
from motcua.identity.operations.authorities import (
    AuthorityRefused,
    RecordedAlready,
    confirm_authority,
    record_authority,
    revoke_authority,
)
from motcua.identity.operations.parties import PartyRefused
from motcua.identity.queries.authorities import (
    AuthorityKind,
    Standing,
    authorities_of_mine,
    last_day,
)
from motcua.identity.queries.authorities import authority as authority_of
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.identity.web.typed import Problems, back_in, date_in, problems_in, show, typed_in
from motcua.kernel.actors import Actor

KINDS = {
    "cha-me": AuthorityKind.PARENT,
    "giam-ho": AuthorityKind.GUARDIAN,
    "uy-quyen": AuthorityKind.ATTORNEY,
    "dai-dien": AuthorityKind.REPRESENTATIVE,
}
"""Kinds of authority by their names in addresses."""
PAPER = "/uy-quyen/{}/giay-to/"
"""Where its paper is shown and what it covers said: on a page that knows procedures."""
BEGUN = frozenset(Standing) - {Standing.ENDED}
FIELDS = ("who", "number", "name", "basis")


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show for whom the reader acts and who acts for them."""
    by, at = _oneself(request), now()
    all_ = authorities_of_mine(by=by, at=at)
    return show(
        request,
        "authorities/mine",
        offered=[one for one in all_ if one.standing is Standing.OFFERED and one.agent == by.id],
        acting=[one for one in all_ if one.holds and one.agent == by.id],
        acted=[one for one in all_ if one.standing in BEGUN and one.principal == by.id],
        ended=[one for one in all_ if one.standing is Standing.ENDED],
        me=by.id,
    )


@require_safe
@signed_in
def kinds(request: HttpRequest) -> HttpResponse:
    """Ask what lets the reader act for somebody."""
    return show(request, "authorities/kinds", next=back_in(request), slugs=tuple(KINDS))


@never_cache
@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Take down for whom the reader acts, on what basis and until when."""
    if slug not in KINDS:
        raise Http404
    kind, by, at = KINDS[slug], _oneself(request), now()
    if request.method != "POST":
        return _form(request, kind, {}, [], at=at)
    check_rate("authority", by.id, times=20, seconds=3600, at=at)
    typed, problems, recorded = _recorded(request, kind, by=by, at=at)
    if problems:
        return _form(request, kind, typed, problems, at=at)
    messages.success(request, _("It is written down. You can act for them from now on."))
    after = back_in(request)
    if kind is AuthorityKind.PARENT:
        return redirect(after or reverse("identity:authorities"))
    return redirect(PAPER.format(recorded) + (f"?{urlencode({'next': after})}" if after else ""))


@require_POST
@signed_in
def confirm(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Let the one acted for say that it is right, or the one who is to act accept it."""
    confirm_authority(str(authority), _oneself(request), now())
    messages.success(request, _("You have confirmed it."))
    return redirect("identity:authorities")


@never_cache
@signed_in
def end(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Ask whether to end an authority, and end it."""
    by, at = _oneself(request), now()
    found = authority_of(str(authority), by=by, at=at)
    if request.method != "POST":
        return show(request, "authorities/end", one=found, me=by.id)
    revoke_authority(found.id, request.POST.get("reason", ""), by, at)
    messages.success(request, _("It has ended. It can no longer be used."))
    return redirect("identity:authorities")


def _oneself(request: HttpRequest) -> Actor:
    """Return the reader as the person they are, whatever post they act in."""
    by = actor_of(request)
    return Actor(by.id, by.name)


def _recorded(
    request: HttpRequest, kind: AuthorityKind, *, by: Actor, at: datetime
) -> tuple[dict[str, Any], Problems, str]:
    """Record what was typed; return it with what is wrong, if anything is, else with its id."""
    typed: dict[str, Any] = typed_in(request, *FIELDS)
    typed["born"], born = date_in(request, "born")
    typed["until"], until = date_in(request, "until")
    whose = _whose(kind, typed["who"])
    person = whose is PartyKind.PERSON
    principal = Principal(whose, typed["number"], typed["name"], born if person else None)
    most = last_day(kind, since=localdate(at), born=principal.born)
    if until is None and any(typed["until"].values()):
        return typed, [{"at": "until", "message": _("Enter a day that exists.")}], ""
    try:
        recorded = record_authority(
            principal,
            kind=kind,
            until=until or most,
            basis=typed["basis"],
            document=None,
            procedures=frozenset(),
            by=by,
            at=at,
        )
    except (PartyRefused, AuthorityRefused, RecordedAlready) as error:
        return typed, problems_in(error), ""
    return typed, [], recorded


def _whose(kind: AuthorityKind, who: str) -> PartyKind:
    """Return whether the one acted for is a person, as the kind says or as was chosen."""
    if kind is AuthorityKind.REPRESENTATIVE:
        return PartyKind.ORGANISATION
    chosen = kind is AuthorityKind.ATTORNEY and who == PartyKind.ORGANISATION
    return PartyKind.ORGANISATION if chosen else PartyKind.PERSON


def _form(
    request: HttpRequest,
    kind: AuthorityKind,
    typed: dict[str, Any],
    problems: Problems,
    *,
    at: datetime,
) -> HttpResponse:
    today = localdate(at)
    return show(
        request,
        "authorities/new",
        typed=typed,
        problems=problems,
        kind=kind,
        latest=None if kind is AuthorityKind.PARENT else last_day(kind, since=today, born=None),
        next=back_in(request),
    )
