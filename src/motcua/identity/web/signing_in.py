"""Sign in and out."""

from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.identity.adapters.passphrases import key_of, locked_until
from motcua.identity.web.entry import DESK, HOME, let_in
from motcua.identity.web.typed import back_in, show


@sensitive_post_parameters("passphrase")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; a wrong answer never tells whether there is such an account."""
    back, actor = back_in(request), actor_of(request)
    if not actor.is_anonymous:
        return redirect(back or (DESK if actor.is_official else HOME))
    if request.method != "POST":
        return show(request, "sign_in", next=back)
    check_rate("sign-in", address_of(request), times=100, seconds=300, at=now())
    login = request.POST.get("login", "")
    key = key_of(login)
    check_rate("sign-in", key, times=50, seconds=3600, at=now())
    passphrase = request.POST.get("passphrase", "")
    account = authenticate(request, username=key, password=passphrase)
    if account is not None:
        return let_in(request, account, back)
    wrong = _("The passphrase does not fit what you typed above. Check both, then try again.")
    problems = [{"at": "login", "message": wrong}]
    return show(request, "sign_in", typed={"login": login}, problems=problems, next=back)


def locked_out(
    request: HttpRequest, _page: HttpResponse | None, credentials: dict[str, str]
) -> HttpResponse:
    """Say until when nobody can sign in to this account from here."""
    until = locked_until(credentials.get("username", ""), address_of(request))
    page = show(request, "locked_out", until=until)
    page.status_code = 429
    return page


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; by POST only, so that no other site can do it."""
    if request.method != "POST":
        return show(request, "sign_out")
    logout(request)
    return redirect(HOME)
