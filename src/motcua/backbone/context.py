"""What every template knows besides what its view says."""

from typing import Any

from django.http import HttpRequest

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.requests import request_id_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Return who reads, in which language, and the request's name."""
    return {
        "actor": actor_of(request),
        "language": getattr(request, "LANGUAGE_CODE", "vi"),
        "request_id": request_id_of(request),
        "path": request.path,
    }
