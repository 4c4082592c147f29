"""How many notices wait, for the head of every page."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError
from django.http import HttpRequest

from motcua.backbone.http.actors import actor_of
from motcua.notices.queries.mine import unread


def waiting(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """
    Return ``unread_notices``: one statement when it is called, none for strangers.

    A page that tells of a failure must not fail for want of this number: then it is 0.
    """

    @cache
    def unread_notices() -> int:
        actor = actor_of(request)
        try:
            return 0 if actor.is_anonymous else unread(by=actor)
        except DatabaseError:
            return 0

    return {"unread_notices": unread_notices}
