"""Whoever changed something sees the change at their next page, whichever database it reads."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from motcua.backbone.database.readers import reader
from motcua.backbone.database.replicas import written

COOKIE = "motcua_written"
"""The position in the database's log after the reader's last change; it grants nothing."""
KEPT = 60
"""Seconds; a replica that lags longer is not read at all."""


class ReplicaMiddleware:
    """Remember with the reader, not with a server, up to where a replica must have come."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reader(request.COOKIES.get(COOKIE, "")) as reading:
            answer = self.get_response(request)
        if reading.wrote:
            self._remember(answer)
        return answer

    def _remember(self, answer: HttpResponse) -> None:
        try:
            position = written()
        except DatabaseError:
            return
        answer.set_cookie(
            COOKIE,
            position,
            max_age=KEPT,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
