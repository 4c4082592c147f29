"""Keys of members: a new one, one certified or taken in from outside, one revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.operations.keys import (
    certify_request,
    import_certificate,
    new_key,
    revoke_key,
)
from motcua.exchange.queries.members import member
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.trust import key
from motcua.exchange.rules.access import NotYourMember
from motcua.exchange.web.frames import Problems, exchange_page, problems_in
from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Invalid, Refusal

REQUEST = "-----BEGIN CERTIFICATE REQUEST-----"


@require_POST
@officials_only(Role.ADMINISTRATOR)
def new(request: HttpRequest, member: str) -> HttpResponse:
    """Make a key and have our own authority certify it; the one before holds for a week more."""
    new_key(member, by=actor_of(request), at=now())
    messages.success(request, _("The new key signs from now on. The one before holds 7 days more."))
    return redirect("exchange:member", member=member)


@never_cache
@officials_only(Role.ADMINISTRATOR)
def bring(request: HttpRequest, member: str) -> HttpResponse:
    """Take in a request to certify, or a certificate that another authority has issued."""
    if request.method != "POST":
        return _form(request, member, "", [])
    pem = request.POST.get("pem", "").strip() + "\n"
    by, at = actor_of(request), now()
    try:
        if pem.startswith(REQUEST):
            certify_request(member, pem, by=by, at=at)
        else:
            import_certificate(member, pem, by=by, at=at)
    except (Invalid, Conflict) as error:
        return _form(request, member, pem, problems_in(error, at="pem"))
    messages.success(request, _("The key is certified. Its certificate can be read below."))
    return redirect("exchange:member", member=member)


@never_cache
@officials_only(Role.ADMINISTRATOR)
def revoke(request: HttpRequest, kid: str) -> HttpResponse:
    """Refuse what a key signs from now on."""
    by, at = actor_of(request), now()
    part, known = part_of(by=by), key(kid, by=by)
    if not (part.operates or known.member in part.members):
        raise NotYourMember(member=known.member)
    typed = {name: request.POST.get(name, "") for name in ("reason", "note")}
    problems: Problems = []
    if request.method == "POST":
        try:
            revoke_key(kid, typed["reason"], note=typed["note"], by=by, at=at)
        except Refusal as error:
            problems = problems_in(error, at="reason")
        else:
            messages.success(
                request, _("The key is revoked. What it signs from now on is refused.")
            )
            return redirect("exchange:member", member=known.member)
    return exchange_page(
        request, "revoke", part, {"key": known, "typed": typed, "at": at}, problems
    )


def _form(request: HttpRequest, id_: str, pem: str, problems: Problems) -> HttpResponse:
    by = actor_of(request)
    part, known = part_of(by=by), member(id_, by=by)
    if not (part.operates or known.id in part.members):
        raise NotYourMember(member=known.id)
    return exchange_page(request, "bring", part, {"member": known, "pem": pem}, problems)
