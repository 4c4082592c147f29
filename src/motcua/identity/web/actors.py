"""Who is acting in this request: looked up when somebody asks, not before."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua.identity.queries.acting import acting_as
from motcua.kernel.actors import ANONYMOUS, Actor


class ActorMiddleware:
    """Set ``request.actor``; it costs at most two statements, the session's and the account's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return ANONYMOUS
    return acting_as(str(account.pk), account.name)
