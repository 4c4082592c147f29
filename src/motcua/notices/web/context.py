"""How many notices wait, for the head of every page."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from motcua.backbone.http.actors import actor_of
from motcua.notices.queries.mine import unread


def waiting(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """Return ``unread_notices``: one statement when it is called, none for strangers."""

    @cache
    def unread_notices() -> int:
        actor = actor_of(request)
        return 0 if actor.is_anonymous else unread(by=actor)

    return {"unread_notices": unread_notices}
