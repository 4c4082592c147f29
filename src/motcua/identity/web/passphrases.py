"""Change a passphrase, or choose a new one by a mailed link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.identity.operations.passphrases import (
    PassphraseRefused,
    ask_reset,
    change_passphrase,
    check_reset_key,
    reset_passphrase,
)
from motcua.identity.rules.persons import email_of
from motcua.identity.web.entry import keep_session
from motcua.identity.web.typed import problems_in, show


@sensitive_post_parameters("old", "passphrase")
@never_cache
@signed_in
def change(request: HttpRequest) -> HttpResponse:
    """Change the passphrase, knowing the old one; this session goes on, all others end."""
    if request.method != "POST":
        return show(request, "change_passphrase")
    actor = actor_of(request)
    check_rate("passphrase", actor.id, times=10, seconds=900, at=now())
    old, new = request.POST.get("old", ""), request.POST.get("passphrase", "")
    try:
        change_passphrase(old, new, by=actor, at=now())
    except PassphraseRefused as error:
        return show(request, "change_passphrase", problems=problems_in(error))
    keep_session(request, actor.id)
    messages.success(request, _("Your passphrase was changed. All other devices are signed out."))
    return redirect("identity:mine")


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Have a link mailed; the answer is the same for every address."""
    if request.method != "POST":
        return show(request, "forgotten")
    email = request.POST.get("email", "")
    check_rate("reset", address_of(request), times=30, seconds=600, at=now())
    check_rate("reset", email_of(email)[:120], times=3, seconds=600, at=now())
    if "@" not in email:
        wrong = _("Enter the e-mail address of your account.")
        problems = [{"at": "email", "message": wrong}]
        return show(request, "forgotten", typed={"email": email}, problems=problems)
    ask_reset(email, at=now())
    return show(request, "reset_sent", email=email.strip())


@sensitive_post_parameters("passphrase")
@never_cache
def reset(request: HttpRequest) -> HttpResponse:
    """Choose a new passphrase by a mailed link: good once, for an hour."""
    key = request.GET.get("key", "")
    check_rate("reset-link", address_of(request), times=60, seconds=600, at=now())
    if request.method != "POST":
        check_reset_key(key)
        return show(request, "reset")
    try:
        reset_passphrase(key, request.POST.get("passphrase", ""), at=now())
    except PassphraseRefused as error:
        return show(request, "reset", problems=problems_in(error))
    messages.success(request, _("Your new passphrase is set. Sign in with it."))
    return redirect("identity:sign_in")
