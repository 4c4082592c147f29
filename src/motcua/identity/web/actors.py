"""Who is acting in this request: looked up when somebody asks, not before."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from motcua.identity.queries.acting import acting_as
from motcua.kernel.actors import ANONYMOUS, Actor

ACTING_FOR = "acting_for"
"""Session key: the agency an official acts for; empty for a citizen."""


class ActorMiddleware:
    """
    Set ``request.actor``: two statements, the session's and the account's, none without a session.

    An official's posts cost a third one, twice a minute and process.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return ANONYMOUS
    structlog.contextvars.bind_contextvars(by=str(account.pk))
    chosen = request.session.get(ACTING_FOR, "")
    return acting_as(str(account.pk), account.name, agency=chosen, at=now())
