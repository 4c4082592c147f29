"""What a request is called and what it wants back; one log line and one measure for each."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.backbone.http.measures import measure

log = structlog.get_logger("motcua.http")
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id_of(request: HttpRequest) -> str:
    """Return the id that the logs, the answer and every error page share."""
    return getattr(request, "request_id", "-")


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a machine asked: by its path, or because it accepts JSON and not HTML."""
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accepts and "html" not in accepts)


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from, for limits and for the record."""
    return str(request.META.get("REMOTE_ADDR", ""))


class AddressMiddleware:
    """
    Put the client's address where limits, locks and logs look for it (``REMOTE_ADDR``).

    Behind a proxy of ours (``BEHIND_PROXY=1``) it is the one that the proxy saw: the last of
    ``X-Forwarded-For``, because whoever asks can write the others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_PROXY and (seen := request.headers.get("X-Forwarded-For")):
            request.META["REMOTE_ADDR"] = seen.rpartition(",")[2].strip()
        return self.get_response(request)


class RequestIdMiddleware:
    """
    Name each request, bind the name to the logs, and write one line when it is answered.

    The line gives the pattern of the address, not the address: that can name a person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if _SAFE_ID.fullmatch(given) else uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        start = time.perf_counter()
        answer = self.get_response(request)
        answer["X-Request-ID"] = name
        _tell(request, answer, time.perf_counter() - start)
        return answer


def _tell(request: HttpRequest, answer: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    view = match.view_name if match is not None else getattr(answer, "measured_as", "-")
    measure(request.method or "-", view, answer.status_code, seconds)
    write = log.debug if view.startswith("probe:") else log.info
    write(
        "request",
        method=request.method,
        view=view,
        route=f"/{match.route}" if match is not None else None,
        status=answer.status_code,
        ms=round(seconds * 1000, 1),
    )
