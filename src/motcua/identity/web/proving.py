"""Proving that an account is the person's: the person's code, and the clerk who compares."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.http.actors import actor_of, officials_only, signed_in
from motcua.backbone.limits import check_rate
from motcua.identity.operations.proving import CardSeen, NotProven, prove_identity
from motcua.identity.queries.people import person
from motcua.identity.queries.proving import proof_code
from motcua.identity.web.typed import Problems, date_in, problems_in, show, typed_in
from motcua.kernel.actors import Actor, Role


@require_safe
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show whether the account is proven to be the reader's, else how, and the code for it."""
    by, at = actor_of(request), now()
    me = person(by.id, by=Actor(by.id, by.name), at=at)
    return show(
        request,
        "proving",
        me=me,
        agency=names_of([me.proven_agency]).get(me.proven_agency, ""),
        code="" if me.proven_at else proof_code(by=by, at=at),
    )


@never_cache
@officials_only(Role.CLERK)
def confirm(request: HttpRequest) -> HttpResponse:
    """Let a clerk say that the person before them is the owner of an account."""
    by, at = actor_of(request), now()
    if request.method != "POST":
        return _form(request, {}, [])
    check_rate("prove-identity", by.id, times=60, seconds=3600, at=at)
    typed = typed_in(request, "number", "name", "code")
    boxes, born = date_in(request, "born")
    card = CardSeen(typed["number"], typed["name"], born)
    try:
        name = prove_identity(card, typed["code"], by=by, at=at)
    except NotProven as error:
        return _form(request, {**typed, "born": boxes}, problems_in(error))
    messages.success(
        request, _("It is confirmed that this account is %(name)s’s.") % {"name": name}
    )
    return redirect("identity:confirm_identity")


def _form(request: HttpRequest, typed: dict[str, object], problems: Problems) -> HttpResponse:
    return show(request, "confirm_identity", typed=typed, problems=problems)
