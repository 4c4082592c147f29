"""My account: what the portal knows of me, how it reaches me, for whom I act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.languages import COOKIE, OF_ACCOUNT
from motcua.backbone.limits import check_rate
from motcua.identity.operations.contact import ContactRefused, change_contact, choose_language
from motcua.identity.queries.acting import capacities
from motcua.identity.queries.authorities import KEEPERS
from motcua.identity.queries.people import person
from motcua.identity.web.actors import ACTING_FOR
from motcua.identity.web.entry import DESK, HOME
from motcua.identity.web.typed import Problems, back_in, problems_in, show, typed_in
from motcua.kernel.phones import shown_phone


@sensitive_post_parameters("passphrase")
@never_cache
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the account; change phone number and e-mail address."""
    actor = actor_of(request)
    if request.method != "POST":
        return _account(request)
    check_rate("contact", actor.id, times=10, seconds=3600, at=now())
    typed = typed_in(request, "phone", "email")
    passphrase = request.POST.get("passphrase", "")
    try:
        change_contact(**typed, passphrase=passphrase, by=actor, at=now())
    except ContactRefused as error:
        return _account(request, typed, problems_in(error))
    messages.success(request, _("Your phone number and e-mail address are saved."))
    return redirect("identity:mine")


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponse:
    """Speak and write to the person in another language from now on."""
    chosen = request.POST.get("language", "")
    choose_language(chosen, by=actor_of(request), at=now())
    request.session[OF_ACCOUNT] = chosen
    with override(chosen):
        messages.success(request, _("We now speak and write to you in this language."))
    answer = redirect("identity:mine")
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer


@never_cache
@signed_in
def act(request: HttpRequest) -> HttpResponse:
    """Choose the agency to act for, or oneself; officials with one post need not come here."""
    choices = capacities(by=actor_of(request), at=now())
    back = back_in(request)
    if request.method != "POST":
        return show(request, "act", choices=choices, next=back)
    chosen = request.POST.get("agency", "")
    if chosen and chosen not in {choice.agency for choice in choices}:
        problems = [{"at": "agency", "message": _("Choose one of these.")}]
        return show(request, "act", choices=choices, next=back, problems=problems)
    request.session[ACTING_FOR] = chosen
    return redirect((back or DESK) if chosen else HOME)


def _account(
    request: HttpRequest, typed: dict[str, str] | None = None, problems: Problems | None = None
) -> HttpResponse:
    actor, at = actor_of(request), now()
    me = person(actor.id, by=actor, at=at)
    return show(
        request,
        "account",
        me=me,
        choices=capacities(by=actor, at=at),
        keeps_letters=actor.agency is not None and actor.serves(actor.agency, *KEEPERS),
        typed=typed or {"phone": shown_phone(me.phone), "email": me.email},
        problems=problems or [],
    )
