"""Who is asking, and pages only some may open."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from motcua.kernel.actors import ANONYMOUS, Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class OfficialsOnly(Forbidden):
    code = "officials-only"
    message = N_("This page is for officials of an agency. Sign in with your official account.")


class OtherPosts(Forbidden):
    code = "other-posts"
    message = N_(
        "This page is for officials in another post than yours. "
        "If you should have it, ask your agency's administrator."
    )


def actor_of(request: HttpRequest) -> Actor:
    """
    Return who is asking; the identity middleware has put them there, to be looked up when asked.

    Once they are, the actor stands there as it is: a page asks for its parts hundreds of times.
    """
    found: object = getattr(request, "actor", ANONYMOUS)
    if type(found) is SimpleLazyObject:
        bool(found)  # looks it up
        found = vars(found)["_wrapped"]
        request.actor = found  # type: ignore[attr-defined]
    return cast(Actor, found)


def signed_in(view: View[P]) -> View[P]:
    """Let only people who have signed in see a page; ask the others to, then bring them back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if actor_of(request).is_anonymous:
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{settings.LOGIN_URL}?{back}")
        return view(request, *args, **kwargs)

    return guarded


def officials_only(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let only officials see a page, in one of ``roles`` where given."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if actor.agency is None:
                raise OfficialsOnly
            if not actor.serves(actor.agency, *roles):
                raise OtherPosts
            return view(request, *args, **kwargs)

        return guarded

    return decorate
