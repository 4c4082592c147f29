"""Open an account: tell who you are, then type the code from the e-mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.identity.operations.registering import (
    AlreadyKnown,
    Details,
    NoRegistration,
    NotThisPerson,
    WrongCode,
    ask_account,
    ask_code_again,
    confirm_account,
)
from motcua.identity.web.entry import HOME, let_in_new
from motcua.identity.web.typed import (
    back_in,
    date_in,
    problems_in,
    show,
    typed_in,
)

ASKED = "registration"
"""Session key: the registration that waits for its code, its e-mail address, and where to go."""


@sensitive_post_parameters("passphrase")
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """Ask for a person's details; whoever they are, the next page is the same."""
    back = back_in(request)
    if not actor_of(request).is_anonymous:
        return redirect(back or HOME)
    if request.method != "POST":
        return show(request, "register", next=back)
    check_rate("register", address_of(request), times=30, seconds=600, at=now())
    typed = typed_in(request, "personal_id", "name", "sex", "phone", "email")
    boxes, birth_date = date_in(request, "birth_date")
    language = getattr(request, "LANGUAGE_CODE", "vi")
    try:
        details = Details(birth_date=birth_date, language=language, **typed)
        passphrase = request.POST.get("passphrase", "")
        asked = ask_account(details, passphrase=passphrase, at=now())
    except NotThisPerson as error:
        shown = {**typed, "birth_date": boxes}
        return show(request, "register", typed=shown, problems=problems_in(error), next=back)
    request.session[ASKED] = {"id": asked, "email": typed["email"].strip(), "next": back}
    return redirect("identity:confirm")


@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one opens the account and signs in."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("identity:register")
    facts = {"email": asked["email"]}
    if request.method != "POST":
        return show(request, "confirm", **facts)
    try:
        account_id = confirm_account(asked["id"], request.POST.get("code", ""), at=now())
    except WrongCode as error:
        return show(request, "confirm", problems=problems_in(error), **facts)
    except (NoRegistration, AlreadyKnown) as error:
        del request.session[ASKED]
        return show(
            request, "register", problems=[{"at": "", "message": _(error.message)}], next=""
        )
    return let_in_new(request, account_id, asked["next"])


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Mail the code once more."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("identity:register")
    check_rate("code-again", asked["id"], times=3, seconds=600, at=now())
    try:
        ask_code_again(asked["id"], at=now())
    except NoRegistration as error:
        return show(
            request, "register", problems=[{"at": "", "message": _(error.message)}], next=""
        )
    return show(request, "confirm", email=asked["email"], sent_again=True)
