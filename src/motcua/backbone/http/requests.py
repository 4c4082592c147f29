"""What a request is called and what it wants back; one log line for each."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("motcua.http")
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id_of(request: HttpRequest) -> str:
    """Return the id that the logs, the answer and every error page share."""
    return getattr(request, "request_id", "-")


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a machine asked: by its path, or because it accepts JSON and not HTML."""
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accepts and "html" not in accepts)


class RequestIdMiddleware:
    """Name each request, bind the name to the logs, and write one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _SAFE_ID.fullmatch(given) else uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        start = time.perf_counter()
        answer = self.get_response(request)
        answer["X-Request-ID"] = name
        took = round((time.perf_counter() - start) * 1000, 1)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=answer.status_code,
            ms=took,
        )
        return answer
